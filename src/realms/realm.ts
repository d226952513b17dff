import { z } from 'zod'
import { defaultRules, type PeopleRules } from '../attributes/user-schema.ts'
import type { GuessPolicy } from '../limits/guesses.ts'
import { customAttributesSchema } from './custom-attributes.ts'
import { directorySchema } from './directory-settings.ts'
import { helpDeskSchema } from './help-desk-settings.ts'
import { messagingSchema } from './messaging-settings.ts'
import { noticesSchema } from './notice-settings.ts'
import { oauthSchema } from './oauth-settings.ts'
import { localesSchema, mailSettingsSchema, passwordPolicySchema } from './people-settings.ts'
import { selfServiceSchema } from './self-service.ts'
import { standInsSchema } from './stand-in-settings.ts'

const most = z.int().min(0).max(1_000_000)

/** Rate limits per address and per client. 0 means no limit. A window starts with the first request. */
const limitsSchema = z.object({
  requestsPerAddress: most.default(30_000).meta({
    title: 'Requests per address in 1 minute',
    description:
      'Requests without a session: journey steps, tokens, links. An office often shares one address. 0 means no limit.',
  }),
  samlAnswersPerAddress: most.default(600).meta({
    title: 'SAML responses per address in 1 minute',
    description:
      'Counts valid and invalid responses, because checking their signatures is expensive. 0 means no limit.',
  }),
  failuresPerAddress: most.default(100).meta({
    title: 'Wrong passwords and codes per address in 10 minutes',
    description:
      'Counted for all people together. Further attempts from the address are refused until the 10 minutes are over, except in known browsers. 0 means no limit.',
  }),
  transactionsPerClient: most.default(300).meta({
    title: 'Transactions per client in 1 minute',
    description: 'Transactions that an application opens over REST. 0 means no limit.',
  }),
})

const minutes = z.int().min(1)
const url = z.string().max(2000)

/** A host name or address, with an optional port. */
const host = z
  .string()
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/,
    'must be host or host:port, in lower case',
  )

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin: scheme, host, port',
  )

/** Headers that proxies and browsers set themselves, so pages must not send them. */
const proxyHeader = /^(forwarded|host|x-forwarded-.*|x-real-ip|true-client-ip|cookie|proxy-.*|sec-.*)$/

/** The name of a request header, in lower case. */
export const corsHeader = z
  .string()
  .max(100)
  .transform((name) => name.toLowerCase())
  .refine((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && name !== '*', 'must be the name of a header')
  .refine((name) => !proxyHeader.test(name), 'must not be a header that browsers or proxies set themselves')

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, host, pathname, href } = new URL(text)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && href === `${protocol}//${host}${pathname}` && /^\/(?:am\/?)?$/.test(pathname)
}

/** Settings of a realm. Titles and descriptions appear in the console's form. */
export const realmSettingsSchema = z.object({
  defaultJourney: z
    .string()
    .min(1)
    .default('Login')
    .meta({
      title: 'Default journey',
      description: 'Used for requests that name no journey.',
      refers: { to: 'journey' },
    }),
  passwordResetJourney: z
    .string()
    .default('')
    .meta({
      title: 'Password reset journey',
      description: 'Administrators can email people a link to this journey. If empty, they can’t.',
      refers: { to: 'journey' },
    }),
  journeyMinutes: minutes.max(120).default(5).meta({
    title: 'Journey lifetime (minutes)',
    description: 'Maximum time from start to end. After that, people have to start again.',
  }),
  suspendedMinutes: minutes.max(43_200).default(5).meta({
    title: 'Suspended journey lifetime (minutes)',
    description: 'How long an emailed link can resume the journey. Nodes can override this.',
  }),
  transactionSeconds: z.int().min(1).max(86_400).default(180).meta({
    title: 'Transaction lifetime (seconds)',
    description: 'Time for a caller to complete a check. Nodes can override this.',
  }),
  maxIdleMinutes: minutes.default(30).meta({
    title: 'Idle timeout (minutes)',
    description: 'Sessions end after this time without activity.',
  }),
  maxSessionMinutes: minutes.default(120).meta({
    title: 'Maximum session time (minutes)',
    description: 'Sessions end after this time, even while they are used.',
  }),
  maxSessionsPerPerson: z.int().min(0).max(1000).default(0).meta({
    title: 'Sessions per person',
    description: 'When exceeded, the oldest session ends. 0 means no limit.',
  }),
  freshSignInMinutes: z.int().min(0).max(1440).default(10).meta({
    title: 'Sign-in age for sensitive actions (minutes)',
    description:
      'Administrators must have signed in within this time to reset passwords, change roles, delete people or realms, or export the audit trail. 0 turns this off.',
  }),
  successUrl: url.default('').meta({
    title: 'Success URL',
    description: 'Where people go after a success if nothing else is set.',
  }),
  failureUrl: url.default('').meta({
    title: 'Failure URL',
    description: 'Where people go after a failure if nothing else is set.',
  }),
  allowedUrls: z.array(url).max(500).default([]).meta({
    title: 'Allowed landing pages',
    description:
      'Allowed URLs for goto, gotoOnFail and success URLs. * is a wildcard at the end of a path or for a host label.',
  }),
  allowedHosts: z.array(host).max(100).default([]).meta({
    title: 'Hosts',
    description: 'Additional hosts of this realm, as host or host:port. They are also used in its links.',
  }),
  linkBaseUrl: z
    .string()
    .max(2000)
    .refine(
      (text) => text === '' || isBaseUrl(text),
      'must be a base URL, such as https://sso.example.com/am',
    )
    .default('')
    .meta({
      title: 'Base URL of transaction links',
      description:
        'Base of transaction links, such as https://sso.example.com/am. Its host must be one of the hosts of the realm. If empty, the host of the request is used.',
    }),
  corsOrigins: z.array(origin).max(100).default([]).meta({
    title: 'Allowed origins (CORS)',
    description: 'Web applications that can call the server from browsers, such as https://app.example.com.',
  }),
  corsHeaders: z.array(corsHeader).max(50).default([]).meta({
    title: 'Allowed request headers (CORS)',
    description:
      'Additional request headers that these applications can send, such as x-tenant. Headers of the SDKs are always allowed.',
  }),
  visibleSessionProperties: z
    .array(z.string())
    .default(['AMCtxId', 'authInstant', 'AuthLevel', 'Service', 'Principal', 'UserId'])
    .meta({
      title: 'Visible session properties',
      description: 'Session properties that clients and the backchannel can read.',
    }),
  lockout: z
    .object({
      maxFailures: z.int().min(0).default(10).meta({
        title: 'Wrong passwords before lockout',
        description:
          'Counted per person and address. Codes, recovery codes and security questions are counted separately in the same way. 0 turns lockout off.',
      }),
      windowSeconds: z.int().min(1).default(600).meta({
        title: 'Counting period (seconds)',
        description: 'Starts with the first wrong attempt.',
      }),
      lockSeconds: z.int().min(1).default(300).meta({
        title: 'Lockout time (seconds)',
        description:
          'The address is refused for this time, even with the correct password or code. Administrators can unlock the person sooner.',
      }),
      maxFailuresInARow: z.int().min(1).max(100).default(100).meta({
        title: 'Consecutive wrong attempts from any address',
        description:
          'After that, unknown browsers can try one password a day and no authenticator codes until an administrator unlocks the person. Known browsers are not affected.',
      }),
    })
    .prefault({})
    .meta({ title: 'Lockout' }) satisfies z.ZodType<GuessPolicy, unknown>,
  versionsKept: z.int().min(10).max(10_000).default(200).meta({
    title: 'Versions kept',
    description:
      'Newest versions to keep of each journey, script, theme, email template and of these settings.',
  }),
  limits: limitsSchema.prefault({}).meta({ title: 'Limits' }),
  directory: directorySchema.prefault({}).meta({ title: 'Directory' }),
  passwordPolicy: passwordPolicySchema.prefault({}).meta({ title: 'Passwords' }),
  customAttributes: customAttributesSchema,
  mail: mailSettingsSchema.prefault({}).meta({ title: 'Email' }),
  messaging: messagingSchema.prefault({}).meta({ title: 'Messages to telephones' }),
  notices: noticesSchema.prefault({}).meta({ title: 'Security notices' }),
  locales: localesSchema.prefault({}).meta({ title: 'Languages' }),
  selfService: selfServiceSchema.prefault({}).meta({ title: 'Terms, security questions and consent' }),
  helpDesk: helpDeskSchema.prefault({}).meta({ title: 'Help desk' }),
  oauth: oauthSchema.prefault({}).meta({ title: 'Applications' }),
  standIns: standInsSchema.default([]).meta({
    title: 'Declarations',
    description:
      'Nothing is checked by a fixed outcome. If it stands for a successful check, everyone passes that check.',
  }),
})

export type RealmSettings = z.infer<typeof realmSettingsSchema>

const aliases: z.ZodType<readonly string[]> = z.array(z.string())

export const realmSchema = z.object({
  /** `/` or `/alpha`. */
  path: z.string(),
  isActive: z.boolean(),
  aliases,
  settings: realmSettingsSchema,
  /** Epoch milliseconds: tells the realm from an earlier one at its path. Unknown for realms from older versions and the first start. */
  createdAt: z.number().optional(),
})

/** A realm with its own journeys, scripts and people. The root realm is `/`. */
export type Realm = z.infer<typeof realmSchema>

/** The last part of the path; `/` for the root realm. */
export function realmName(path: string): string {
  return path === '/' ? '/' : (path.split('/').at(-1) ?? '/')
}

/** Name of the organisation, as shown to people. */
export function organisationOf({ path, settings }: Pick<Realm, 'path' | 'settings'>): string {
  return settings.helpDesk.organisation || (path === '/' ? 'Sidegate' : realmName(path))
}

/** Rules for the realm's people. Passwords must not contain the organisation's name. Without a realm, the default rules. */
export function peopleRulesOf(realm: Realm | undefined): PeopleRules {
  if (realm === undefined) return defaultRules
  const { passwordPolicy, customAttributes } = realm.settings
  return { passwordPolicy: { ...passwordPolicy, contextWords: [organisationOf(realm)] }, customAttributes }
}

/** The path of the parent realm; null for the root realm. */
export function parentOf(path: string): string | null {
  if (path === '/') return null
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
