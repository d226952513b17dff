import { z } from 'zod'
import type { LockoutPolicy } from '../people/identity.ts'
import { defaultPasswordPolicy, type PasswordPolicy } from '../people/passwords/password-policy.ts'
import { directorySchema } from './directory-settings.ts'
import { helpDeskSchema } from './help-desk-settings.ts'
import { limitsSchema } from './limit-settings.ts'
import { noticesSchema } from './notice-settings.ts'
import { oauthSchema } from './oauth-settings.ts'
import { localesSchema, mailSettingsSchema, passwordPolicySchema } from './people-settings.ts'
import { selfServiceSchema } from './self-service.ts'

const minutes = z.int().min(1)
const url = z.string().max(2000)

/** A host name or address, with a port if it is not the scheme's. */
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

/** Headers that describe the connection: proxies set them, and no page may. */
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

/** What a realm decides for its journeys. Minutes and seconds as the names say. Titles are those of the console's form. */
export const realmSettingsSchema = z.object({
  defaultJourney: z
    .string()
    .min(1)
    .default('Login')
    .meta({
      title: 'Default journey',
      description: 'For requests that name none.',
      refers: { to: 'journey' },
    }),
  passwordResetJourney: z
    .string()
    .default('')
    .meta({
      title: 'Journey for a new password',
      description: 'Administrators can mail people a link to it. Empty means that they cannot.',
      refers: { to: 'journey' },
    }),
  journeyMinutes: minutes.max(120).default(5).meta({
    title: 'A journey lasts, in minutes',
    description: 'From its start to its end. Whoever takes longer begins again.',
  }),
  suspendedMinutes: minutes.max(43_200).default(5).meta({
    title: 'A suspended journey waits, in minutes',
    description: 'How long a mailed link leads back, unless the node says otherwise.',
  }),
  transactionSeconds: z.int().min(1).max(86_400).default(180).meta({
    title: 'A transaction lasts, in seconds',
    description: 'How long a caller has for a check, unless its node says otherwise.',
  }),
  maxIdleMinutes: minutes.default(30).meta({
    title: 'A session lasts without use, in minutes',
    description: 'Who does nothing for so long has to sign in again.',
  }),
  maxSessionMinutes: minutes.default(120).meta({
    title: 'A session lasts, in minutes',
    description: 'However much it is used.',
  }),
  maxSessionsPerPerson: z.int().min(0).max(1000).default(0).meta({
    title: 'Sessions of one person',
    description: 'With one more the oldest ends. 0 is no limit.',
  }),
  freshSignInMinutes: z.int().min(0).max(1440).default(10).meta({
    title: 'Dangerous actions need a sign-in within, in minutes',
    description:
      'Such as new passwords and roles for others, deleting people and realms, and exporting the audit trail. 0 asks nobody again.',
  }),
  successUrl: url.default('').meta({
    title: 'Success URL',
    description: 'Where a success goes when nothing else says so.',
  }),
  failureUrl: url.default('').meta({
    title: 'Failure URL',
    description: 'Where a failure goes when nothing else says so.',
  }),
  allowedUrls: z.array(url).max(500).default([]).meta({
    title: 'Allowed landing pages',
    description:
      'URLs that goto, gotoOnFail and success URLs may lead to; * at the end of a path or for a host label.',
  }),
  allowedHosts: z.array(host).max(100).default([]).meta({
    title: 'Hosts',
    description:
      'Names under which browsers reach this realm, beside that of the server: host or host:port. Its links carry them.',
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
        'Links of transactions begin with it, such as https://sso.example.com/am; its host must be one of the hosts of the realm. Empty means the address of the request.',
    }),
  corsOrigins: z.array(origin).max(100).default([]).meta({
    title: 'Origins of applications',
    description:
      'Web applications that may call from a browser: scheme, host, port, such as https://app.example.com.',
  }),
  corsHeaders: z.array(corsHeader).max(50).default([]).meta({
    title: 'Request headers of applications',
    description:
      'Names of headers that these applications may send beside those that the SDKs send, such as x-tenant for a middleware of an SDK.',
  }),
  visibleSessionProperties: z
    .array(z.string())
    .default(['AMCtxId', 'authInstant', 'AuthLevel', 'Service', 'Principal', 'UserId'])
    .meta({ title: 'Visible session properties', description: 'What clients and the backchannel may see.' }),
  lockout: z
    .object({
      maxFailures: z.int().min(0).default(10).meta({
        title: 'Wrong passwords that lock',
        description:
          'Of one person from one address. Codes, recovery codes and security questions are counted in the same way, each kind apart. 0 locks no address.',
      }),
      windowSeconds: z.int().min(1).default(600).meta({
        title: 'Counted within, in seconds',
        description: 'Counted from the first wrong one.',
      }),
      lockSeconds: z.int().min(1).default(300).meta({
        title: 'Locked for, in seconds',
        description:
          'Passwords or codes of this kind are refused for the address, not even the right one counts. Administrators can unlock sooner.',
      }),
      maxFailuresInARow: z.int().min(1).max(100).default(100).meta({
        title: 'Wrong tries in a row from anywhere',
        description:
          'Afterwards unknown devices get one password a day, and no code of an authenticator app until an administrator unlocks it. Devices from which the person signed in before go on.',
      }),
    })
    .prefault({})
    .meta({ title: 'Lockout' }) satisfies z.ZodType<LockoutPolicy, unknown>,
  limits: limitsSchema.prefault({}).meta({ title: 'Limits' }),
  directory: directorySchema.prefault({}).meta({ title: 'Directory' }),
  passwordPolicy: passwordPolicySchema.prefault({}).meta({ title: 'Passwords' }),
  mail: mailSettingsSchema.prefault({}).meta({ title: 'Mail' }),
  notices: noticesSchema.prefault({}).meta({ title: 'Security notices' }),
  locales: localesSchema.prefault({}).meta({ title: 'Languages' }),
  selfService: selfServiceSchema.prefault({}).meta({ title: 'Terms, security questions and consent' }),
  helpDesk: helpDeskSchema.prefault({}).meta({ title: 'Help desk' }),
  oauth: oauthSchema.prefault({}).meta({ title: 'Applications' }),
})

export type RealmSettings = z.infer<typeof realmSettingsSchema>

/** A realm: journeys, scripts and people that know nothing of other realms'. The root realm is `/`. */
export type Realm = {
  /** `/` or `/alpha`. */
  path: string
  isActive: boolean
  aliases: readonly string[]
  settings: RealmSettings
}

/** The last part of the path; `/` for the root realm. */
export function realmName(path: string): string {
  return path === '/' ? '/' : (path.split('/').at(-1) ?? '/')
}

/** What people call whoever runs the realm. */
export function organisationOf({ path, settings }: Pick<Realm, 'path' | 'settings'>): string {
  return settings.helpDesk.organisation || (path === '/' ? 'Sidegate' : realmName(path))
}

/** What the realm wants of passwords, with the words that everybody knows of it; the default without a realm. */
export function passwordPolicyOf(realm: Realm | undefined): PasswordPolicy {
  if (realm === undefined) return defaultPasswordPolicy
  return { ...realm.settings.passwordPolicy, contextWords: [organisationOf(realm)] }
}

/** The path of the realm around this one; null for the root realm. */
export function parentOf(path: string): string | null {
  if (path === '/') return null
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
