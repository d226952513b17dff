import { z } from 'zod'
import type { JsonObject } from '../base/json.ts'

const url = z
  .string()
  .max(2000)
  .refine(isWebAddress, 'must be a URL that begins with https:// or http://, without credentials')
  // rule R10: otherwise a placeholder moves a stored secret to another host
  .refine(hasFixedHost, 'must have a host without placeholders')

function isWebAddress(text: string): boolean {
  const { protocol = '', username, password } = URL.parse(text.replaceAll(/\{\{\w+\}\}/g, 'x')) ?? {}
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

/** A placeholder in the host would send the secret to a server of the caller's choice. */
function hasFixedHost(text: string): boolean {
  return /^https?:\/\/[^\s{}\\/?#]+([/?#]|$)/i.test(text)
}

const baseUrl = z
  .union([z.literal(''), url])
  .default('')
  .meta({
    title: 'Base URL',
    description: 'If empty, the usual address of the provider. Set it for another region or a proxy.',
  })

const name = (what: string) => z.string().trim().min(1, `must be ${what}`).max(200)

const reportsDelivery = z.boolean().default(true).meta({
  title: 'Ask for delivery reports',
  description: 'The provider calls this server when the message arrives. Off if it can’t reach this server.',
})

/** Stored sealed, and never returned. */
function secret(title: string, description: string) {
  return z
    .string()
    .max(10_000)
    .refine((value) => !value.startsWith('&{'), 'must be the secret itself: variables are not read here')
    .nullable()
    .default(null)
    .meta({ title, description, refers: { to: 'secret' } })
}

const from = name('a telephone number or a name').meta({
  title: 'Sender',
  description: 'A number of your account in international form, or a name where the country allows it.',
})

const twilio = {
  provider: z.literal('twilio'),
  accountSid: z
    .string()
    .regex(/^AC\w{32}$/, 'must be AC and 32 characters')
    .meta({ title: 'Account SID', description: 'From the console of Twilio.' }),
  authToken: secret('Auth token', 'From the console of Twilio.'),
}

const twilioSms = z
  .object({
    ...twilio,
    from: name('a telephone number or the SID of a messaging service').meta({
      title: 'Sender',
      description: 'A number of your account in international form, or the SID of a messaging service.',
    }),
    reportsDelivery,
    baseUrl,
  })
  .meta({ title: 'Twilio' })

const twilioVoice = z.object({ ...twilio, from, reportsDelivery, baseUrl }).meta({ title: 'Twilio' })

const vonageSms = z
  .object({
    provider: z.literal('vonage'),
    apiKey: name('an API key').meta({ title: 'API key', description: 'From the dashboard of Vonage.' }),
    apiSecret: secret('API secret', 'From the dashboard of Vonage.'),
    from,
    reportsDelivery,
    baseUrl,
  })
  .meta({ title: 'Vonage' })

const vonageVoice = z
  .object({
    provider: z.literal('vonage'),
    applicationId: name('the id of an application').meta({
      title: 'Application id',
      description: 'A Vonage application with the capability Voice.',
    }),
    privateKey: secret('Private key', 'The private key of the application, in PEM form.'),
    from,
    reportsDelivery,
    baseUrl,
  })
  .meta({ title: 'Vonage' })

const snsRegion = {
  provider: z.literal('sns'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, such as eu-central-1')
    .meta({ title: 'Region', description: 'A region of AWS with this service, such as eu-central-1.' }),
}

const accessKey = (calls: string) => ({
  accessKeyId: name('an access key id').meta({
    title: 'Access key id',
    description: `Of a user that may call ${calls}.`,
  }),
  secretAccessKey: secret('Secret access key', 'Of the same user.'),
})

const sns = z
  .object({
    ...snsRegion,
    ...accessKey('sns:Publish'),
    senderId: z
      .string()
      .regex(/^[A-Za-z0-9-]{0,11}$/, 'must be at most 11 letters and digits')
      .default('')
      .meta({ title: 'Sender', description: 'A name where the country allows it. Can be empty.' }),
    baseUrl,
  })
  .meta({ title: 'Amazon SNS' })

/** Placeholders of a plain HTTP gateway. */
const placeholders = ['to', 'text', 'from', 'id', 'statusUrl', 'locale', 'secret'] as const

function hasKnownPlaceholders(text: string): boolean {
  return [...text.matchAll(/\{\{(.*?)\}\}/g)].every(([, each]) =>
    placeholders.some((known) => known === each),
  )
}

const unknownPlaceholder = `can only use ${placeholders.map((each) => `{{${each}}}`).join(', ')}`

const contentTypes = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/xml',
  'text/plain',
] as const

const headerValue = z
  .string()
  .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII')
  .max(2000)
  .refine(hasKnownPlaceholders, unknownPlaceholder)

const jsonPointer = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)*$/, 'must be a JSON pointer, such as /messages/0/id')
  .max(200)
  .default('')

const http = z
  .object({
    provider: z.literal('http'),
    url: url.refine(hasKnownPlaceholders, unknownPlaceholder).meta({
      title: 'URL',
      description: 'Placeholders in it are encoded for URLs.',
    }),
    method: z.enum(['POST', 'PUT', 'GET']).default('POST').meta({
      title: 'Method',
      description: 'GET sends no body.',
    }),
    headers: z
      .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be the name of a header'), headerValue)
      .default({})
      .meta({
        title: 'Headers',
        description: 'Values can contain placeholders, such as Bearer {{secret}}.',
      }),
    contentType: z.enum(contentTypes).default('application/json').meta({
      title: 'Content type',
      description: 'Values are escaped for this type.',
    }),
    body: z
      .string()
      .max(20_000)
      .refine(hasKnownPlaceholders, unknownPlaceholder)
      .default('{"to": "{{to}}", "text": "{{text}}"}')
      .meta({
        title: 'Body',
        description:
          'Placeholders: {{to}}, {{text}}, {{from}}, {{id}}, {{statusUrl}}, {{locale}} and {{secret}}.',
      }),
    from: z.string().trim().max(200).default('').meta({ title: 'Sender', description: 'Fills {{from}}.' }),
    secret: secret('Secret', 'Fills {{secret}}, so that URL, headers and body contain no credential.'),
    acceptedStatuses: z.array(z.int().min(200).max(299)).max(20).default([]).meta({
      title: 'Statuses that mean accepted',
      description: 'If empty, every status from 200 to 299.',
    }),
    acceptedPointer: jsonPointer.meta({
      title: 'Pointer to the outcome',
      description: 'JSON pointer into the answer, for services that report failures with status 200.',
    }),
    acceptedValue: z.string().max(200).default('').meta({
      title: 'Outcome that means accepted',
      description: 'The value at this pointer, such as 0 or ok. Others count as a failure.',
    }),
    idPointer: jsonPointer.meta({
      title: 'Pointer to the message id',
      description:
        'JSON pointer into the answer. If set, an answer without a value there counts as a failure.',
    }),
  })
  .refine(isJsonBody, { message: 'must be JSON after placeholders are filled in', path: ['body'] })
  .meta({ title: 'Plain HTTP' })

function isJsonBody({ method, contentType, body }: { method: string; contentType: string; body: string }) {
  if (method === 'GET' || contentType !== 'application/json') return true
  try {
    JSON.parse(body.replaceAll(/\{\{\w+\}\}/g, '1'))
    return true
  } catch {
    return false
  }
}

const platformArn = (platform: string) =>
  z
    .string()
    .regex(/^(arn:[\w:/.-]{1,500})?$/, 'must be the ARN of a platform application')
    .default('')
    .meta({
      title: `Application for ${platform}`,
      description: `ARN of the platform application, such as arn:aws:sns:us-east-1:1234567890:app/${platform}/production. If empty, these devices can’t register.`,
    })

const pushSns = z
  .object({
    ...snsRegion,
    ...accessKey('sns:CreatePlatformEndpoint and sns:Publish'),
    appleEndpoint: platformArn('APNS'),
    googleEndpoint: platformArn('GCM'),
    baseUrl,
  })
  .meta({ title: 'Amazon SNS' })

const smtp = z
  .object({
    provider: z.literal('smtp'),
    address: z
      .string()
      .max(200)
      .regex(
        /^[^\s@,;<>]*\{\{number\}\}[^\s@,;<>]*@[^\s@,;<>{}]+$/,
        'must be an address with {{number}}, such as {{number}}@sms.example.com',
      )
      .meta({
        title: 'Address',
        description: 'Such as {{number}}@sms.example.com. The number has digits only.',
      }),
    subject: z.string().max(200).default('').meta({ title: 'Subject', description: 'Of the email.' }),
  })
  .meta({ title: 'Email to SMS' })

const smsGatewaySchema = z.discriminatedUnion('provider', [twilioSms, vonageSms, sns, http, smtp])
const voiceGatewaySchema = z.discriminatedUnion('provider', [twilioVoice, vonageVoice, http])
const pushGatewaySchema = z.discriminatedUnion('provider', [pushSns, http])

export type SmsGateway = z.infer<typeof smsGatewaySchema>
export type VoiceGateway = z.infer<typeof voiceGatewaySchema>
export type PushGateway = z.infer<typeof pushGatewaySchema>

/** Gateways of a realm, and their limits. */
export const messagingSchema = z.object({
  sms: smsGatewaySchema.nullable().default(null).meta({
    title: 'Text messages',
    description: 'The service that sends text messages.',
  }),
  voice: voiceGatewaySchema.nullable().default(null).meta({
    title: 'Voice calls',
    description: 'The service that calls people and reads a text aloud.',
  }),
  push: pushGatewaySchema.nullable().default(null).meta({
    title: 'Push notifications',
    description:
      'The service that reaches authenticator apps. A plain HTTP service gets the device token as {{to}} and the notification as {{text}}, which is JSON.',
  }),
  defaultCountry: z
    .string()
    .regex(/^([A-Z]{2})?$/, 'must be a country with two capital letters, such as DE')
    .default('')
    .meta({
      title: 'Country of numbers without a prefix',
      description: 'Two letters, such as DE. If empty, only numbers in international form can be used.',
    }),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be a country with two capital letters, such as DE'))
    .max(250)
    .default([])
    .meta({
      title: 'Countries of numbers',
      description:
        'Two letters each, such as DE. Numbers of other countries get nothing. If empty, all get messages.',
    }),
  maxMessagesPerRealm: z.int().min(0).max(1_000_000).default(500).meta({
    title: 'Messages of the realm in 1 hour',
    description: 'Links and one-time passwords, texts and calls together. 0 means no limit.',
  }),
  maxCodesPerAddress: z.int().min(0).max(100_000).default(30).meta({
    title: 'One-time passwords per client address in 1 hour',
    description: 'Text messages of the node OTP SMS Sender. 0 means no limit.',
  }),
  maxCodesPerPerson: z.int().min(0).max(10_000).default(10).meta({
    title: 'One-time passwords per person in 1 hour',
    description: 'Text messages of the node OTP SMS Sender. 0 means no limit.',
  }),
  maxOpenPushesPerPerson: z.int().min(1).max(10).default(2).meta({
    title: 'Open push notifications per person',
    description: 'Unanswered or denied ones count until they would have expired.',
  }),
  maxPushesPerPerson: z.int().min(1).max(1000).default(10).meta({
    title: 'Push notifications per person in 1 hour',
    description: 'After three denials in an hour, nothing more is sent to the person.',
  }),
  maxPushesPerAddress: z.int().min(0).max(100_000).default(100).meta({
    title: 'Push notifications per client address in 1 hour',
    description: '0 means no limit.',
  }),
})

export type MessagingSettings = z.infer<typeof messagingSchema>

/** How a message reaches a telephone. */
export type TelephoneChannel = 'sms' | 'voice'

/** Where a message goes: to a telephone, or to an authenticator app. */
export type MessageChannel = TelephoneChannel | 'push'

/** The secret member of each provider's settings. */
const secretMembers = new Set(['authToken', 'apiSecret', 'privateKey', 'secretAccessKey', 'secret'])

type Secret = string | null

type AnyGateway = SmsGateway | VoiceGateway | PushGateway | null

/** Settings with each secret changed. */
export function mapGatewaySecrets(
  settings: MessagingSettings,
  change: (secret: Secret, channel: MessageChannel, member: string) => Secret,
): MessagingSettings {
  const mapped = <One extends AnyGateway>(gateway: One, channel: MessageChannel): One => {
    if (gateway === null) return gateway
    const entries = Object.entries(gateway).map(([member, value]) => [
      member,
      secretMembers.has(member) ? change(typeof value === 'string' ? value : null, channel, member) : value,
    ])
    // The members stay the same, which the compiler can't see.
    return Object.fromEntries(entries) as One
  }
  return {
    ...settings,
    sms: mapped(settings.sms, 'sms'),
    voice: mapped(settings.voice, 'voice'),
    push: mapped(settings.push, 'push'),
  }
}

/** The secret of a gateway, as it is stored. */
export function secretOf(gateway: AnyGateway): Secret {
  const found = Object.entries(gateway ?? {}).find(([member]) => secretMembers.has(member))
  return typeof found?.[1] === 'string' ? found[1] : null
}

/** The secret that a gateway can't work without and lacks; undefined if it lacks none. */
export function missingSecretOf(gateway: AnyGateway): string | undefined {
  if (gateway === null || gateway.provider === 'http' || secretOf(gateway)) return undefined
  return Object.keys(gateway).find((member) => secretMembers.has(member))
}

/**
 * The settings that say where a gateway's secret is sent, and what is sent with it. A stored secret stays only while these are
 * the same, so that nobody who can't read it can have it sent to another server, or in a text to a telephone.
 */
export function placesOf(gateway: AnyGateway): JsonObject {
  if (gateway === null) return {}
  const { provider } = gateway
  if (provider === 'smtp') return { provider }
  if (provider === 'http') {
    const { url, method, headers, contentType, body } = gateway
    return { provider, url, method, headers, contentType, body }
  }
  const { baseUrl } = gateway
  return 'accountSid' in gateway
    ? { provider, accountSid: gateway.accountSid, baseUrl }
    : { provider, baseUrl }
}
