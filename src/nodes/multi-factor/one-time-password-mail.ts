import { z } from 'zod'
import { serverText } from '../../base/server-texts.ts'
import { secretSetting, setting, textSetting } from '../define-node.ts'
import type { MailServer } from '../ports/ports.ts'

/** Sent where the settings have no text. */
export const usualTexts = { subject: 'One Time Password', content: 'Your One Time Password:' }

/** Sent as a text message where the settings have no text. */
export const usualMessages = serverText('oneTimePassword')

/** Settings of a mail server. @param help texts that differ between nodes. */
export function mailServerSettings({ host, from }: { host: string; from: string }) {
  return {
    hostName: textSetting('Mail Server Host Name', host),
    hostPort: setting(
      'Mail Server Host Port',
      'Port of the mail server. 0: the default for the kind of connection.',
      z.int().min(0).max(65_535).default(0),
    ),
    username: textSetting(
      'Mail Server Authentication Username',
      'Username at the mail server. Empty to send without authentication.',
    ),
    password: secretSetting(
      'Mail Server Authentication Password',
      'Password of that user.',
      z.string().nullish(),
      ['hostName', 'hostPort', 'sslOption', 'username'],
      ({ hostName, username }) => hostName !== '' && username !== '',
    ),
    secretLabelIdentifier: setting(
      'Mail Server Secret Label Identifier',
      'Not used: the password above applies. Kept so that exports stay complete.',
      z.string().nullish(),
      'secretLabel',
    ),
    fromEmailAddress: textSetting('Email From Address', from),
    sslOption: setting(
      'Mail Server Secure Connection',
      'Protection of the connection.',
      z.enum(['NON_SSL', 'SSL', 'START_TLS']).default('SSL'),
    ),
  }
}

type MailServerSettings = {
  hostName: string
  hostPort: number
  username: string
  password?: string | null | undefined
  sslOption: 'NON_SSL' | 'SSL' | 'START_TLS'
}

const connections = {
  NON_SSL: { security: 'none', port: 25 },
  START_TLS: { security: 'startTls', port: 587 },
  SSL: { security: 'tls', port: 465 },
} as const

/** Undefined for the server's own settings. */
export function mailServerOf({
  hostName,
  hostPort,
  username,
  password,
  sslOption,
}: MailServerSettings): MailServer | undefined {
  if (hostName === '') return undefined
  const { security, port } = connections[sslOption]
  return { host: hostName, port: hostPort || port, security, username, password: password ?? '' }
}

/** The first value of an attribute that may be a list. */
export function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}

export function withCode(text: string, code: string): string {
  return text.includes('{{OTP}}') ? text.replaceAll('{{OTP}}', code) : `${text} ${code}`
}
