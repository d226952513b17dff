import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { defined } from '../../engine/defined.ts'
import { localise, localisedTextSchema } from '../../engine/locale.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, secretSetting, setting } from '../define-node.ts'
import { attributeInState, attributeOf, container } from '../identity-management/object-attributes.ts'
import type { MailServer } from '../ports/ports.ts'
import { oneTimePassword } from './one-time-password.ts'

const address = 'emailAddress'

/** Sent where the settings have no text. */
export const usualTexts = { subject: 'One Time Password', content: 'Your One Time Password:' }

const config = z.object({
  hostName: setting(
    'Mail Server Host Name',
    'Host of the mail server. Empty: the server’s own settings.',
    z.string().default(''),
  ),
  hostPort: setting(
    'Mail Server Host Port',
    'Port of the mail server. 0: the default for the kind of connection.',
    z.int().min(0).max(65_535).default(0),
  ),
  username: setting(
    'Mail Server Authentication Username',
    'Username at the mail server. Empty to send without authentication.',
    z.string().default(''),
  ),
  password: secretSetting(
    'Mail Server Authentication Password',
    'Password of that user.',
    z.string().nullish(),
    ({ hostName, username }) => hostName !== '' && username !== '',
  ),
  secretLabelIdentifier: setting(
    'Mail Server Secret Label Identifier',
    'Not used: the password above applies. Kept so that exports stay complete.',
    z.string().nullish(),
    'secretLabel',
  ),
  fromEmailAddress: setting(
    'Email From Address',
    'Sender of the email. Empty: the server’s own settings.',
    z.string().default(''),
  ),
  emailAttribute: setting(
    'Email Attribute Name',
    'Attribute that holds the email address, if state has none.',
    z.string().default('mail'),
    'attribute',
  ),
  emailSubject: setting(
    'The subject of the email',
    'Text by locale.',
    localisedTextSchema.default({}),
    'localisedText',
  ),
  emailContent: setting(
    'The content of the email',
    'HTML by locale. `{{OTP}}` is replaced with the one-time password, which is otherwise added at the end.',
    localisedTextSchema.default({}),
    'localisedText',
  ),
  sslOption: setting(
    'Mail Server Secure Connection',
    'Protection of the connection.',
    z.enum(['NON_SSL', 'SSL', 'START_TLS']).default('SSL'),
  ),
  smsGatewayImplementationClass: setting(
    'Gateway Implementation Class',
    'Not used: the server sends the email itself. Kept so that exports stay complete.',
    z.string().default('com.sun.identity.authentication.modules.hotp.DefaultSMSGatewayImpl'),
  ),
})

/** Sends the one-time password from an earlier node by email. Source: "OTP Email Sender node". */
export const oneTimePasswordSmtpSender = defineNode({
  type: 'OneTimePasswordSmtpSenderNode',
  version: '1.0',
  title: 'OTP Email Sender',
  help: 'Sends the one-time password by email, through its own mail server or the server’s.',
  tags: ['multi-factor authentication'],
  config,
  outcomes: singleOutcome,
  reads: ({ emailAttribute }) => [
    oneTimePassword.value,
    address,
    'username',
    emailAttribute || 'mail',
    container,
  ],
  writes: () => [address],
  errors: {
    fail: {
      'Identity lookup failed': 'State has neither an email address nor a known username.',
      'Email not found': 'The person has no email address.',
      oneTimePasswordNotFound: 'No earlier HOTP Generator node created a password.',
    },
  },
  needs: ['identities', 'mailer'],
  reference: { outputs: 'an email', keys: { [address]: 'Email address of the person.' } },
  async run({ config, state, identities, mailer, request, log }) {
    const attribute = config.emailAttribute || 'mail'
    let to = state.getText(address) ?? textOf(attributeInState(state, attribute))
    if (to === undefined) {
      const person = await identities.find(state.getText('username') ?? '')
      if (person === undefined) return fail('Identity lookup failed')
      to = textOf(attributeOf(person, attribute))
      if (to === undefined) return fail('Email not found')
      state.putShared(address, to)
    }
    const code = state.getText(oneTimePassword.value)
    if (code === undefined) return fail('oneTimePasswordNotFound')
    const server = serverOf(config)
    log.debug('sending one-time password by email')
    mailer.send({
      from: config.fromEmailAddress,
      to,
      subject: localise(config.emailSubject, request.locales, usualTexts.subject),
      body: withCode(localise(config.emailContent, request.locales, usualTexts.content), code),
      isHtml: true,
      ...defined({ server }),
    })
    return goTo('outcome')
  },
})

/** The first value of an attribute that may be a list. */
function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}

function withCode(text: string, code: string): string {
  return text.includes('{{OTP}}') ? text.replaceAll('{{OTP}}', code) : `${text} ${code}`
}

const connections = {
  NON_SSL: { security: 'none', port: 25 },
  START_TLS: { security: 'startTls', port: 587 },
  SSL: { security: 'tls', port: 465 },
} as const

function serverOf({
  hostName,
  hostPort,
  username,
  password,
  sslOption,
}: z.infer<typeof config>): MailServer | undefined {
  if (hostName === '') return undefined
  const { security, port } = connections[sslOption]
  return { host: hostName, port: hostPort || port, security, username, password: password ?? '' }
}
