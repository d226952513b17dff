import { z } from 'zod'
import { jsonObjectSchema } from '../../engine/json.ts'
import { isServerCookie } from '../../engine/server-cookies.ts'
import { secretSetting, setting } from '../define-node.ts'

/** Whom browsers send a cookie to that other sites' pages cause. */
export const sameSite = z.enum(['STRICT', 'LAX', 'NONE']).default('LAX')

/** Names that nodes may give a cookie. Source: RFC 6265, section 4.1.1. */
export const cookieName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/)
  .refine((name) => !isServerCookie(name), 'The server uses this cookie itself')

/** The settings of both nodes of persistent cookies. */
export const persistentCookieSettings = {
  idleTimeout: setting('Idle Timeout', 'Hours that the cookie may go unused.', z.int().positive().default(5)),
  useSecureCookie: setting(
    'Use Secure Cookie',
    'Whether browsers send it over encrypted connections alone.',
    z.boolean().default(true),
  ),
  useHttpOnlyCookie: setting(
    'Use HTTP Only Cookie',
    'Whether it is hidden from the scripts of pages.',
    z.boolean().default(true),
  ),
  hmacSigningKey: secretSetting(
    'HMAC Signing Key',
    "Nodes with the same key read each other's cookies. The realm's own key protects them in any case.",
    z.union([z.string(), jsonObjectSchema]).nullish(),
  ),
  hmacSigningKeySecretLabelIdentifier: setting(
    'HMAC Signing Key Secret Label Identifier',
    'Like the key: nodes that name the same read each other’s cookies.',
    z.string().nullish(),
    'secretLabel',
  ),
  persistentCookieName: setting(
    'Persistent Cookie Name',
    'Name of the cookie.',
    cookieName.default('session-jwt'),
  ),
  sameSite: setting(
    'Persistent Cookie SameSite attribute',
    'Whether browsers send it with what pages of other sites cause.',
    sameSite,
  ),
} as const

const shared = z.object(persistentCookieSettings)

/** What the settings say of the cookie itself. */
export function cookieFlags(config: z.infer<typeof shared>) {
  return {
    name: config.persistentCookieName,
    signingKey: signingKeyOf(config),
    idleHours: config.idleTimeout,
    isSecure: config.useSecureCookie,
    isHttpOnly: config.useHttpOnlyCookie,
    sameSite: config.sameSite,
  }
}

function signingKeyOf(config: z.infer<typeof shared>): string {
  const { hmacSigningKey, hmacSigningKeySecretLabelIdentifier } = config
  return JSON.stringify([hmacSigningKey ?? null, hmacSigningKeySecretLabelIdentifier || null])
}
