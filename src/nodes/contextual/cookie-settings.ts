import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import { isServerCookie } from '../../engine/server-cookies.ts'
import { flagSetting, nowhere, secretSetting, setting } from '../define-node.ts'

/** The cookie's SameSite attribute. */
export const sameSite = z.enum(['STRICT', 'LAX', 'NONE']).default('LAX')

/** Cookie names that nodes may set. Source: RFC 6265, section 4.1.1. */
export const cookieName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/)
  // rule S23: otherwise a node of a journey may have the name of the session cookie
  .refine((name) => !isServerCookie(name), 'The server uses this cookie itself')

/** The settings of both nodes for persistent cookies. */
export const persistentCookieSettings = {
  idleTimeout: setting(
    'Idle Timeout',
    'Hours until an unused cookie expires.',
    z.int().positive().default(5),
  ),
  useSecureCookie: flagSetting(
    'Use Secure Cookie',
    'Sends the cookie over encrypted connections only.',
    true,
  ),
  useHttpOnlyCookie: flagSetting('Use HTTP Only Cookie', 'Hides the cookie from scripts in pages.', true),
  hmacSigningKey: secretSetting(
    'HMAC Signing Key',
    'Nodes with the same key accept each other’s cookies. Cookies are always encrypted with the realm’s own key.',
    z.union([z.string(), jsonObjectSchema]).nullish(),
    nowhere,
  ),
  hmacSigningKeySecretLabelIdentifier: setting(
    'HMAC Signing Key Secret Label Identifier',
    'Works like the signing key: nodes with the same label accept each other’s cookies.',
    z.string().nullish(),
    'secretLabel',
  ),
  persistentCookieName: setting(
    'Persistent Cookie Name',
    'Name of the cookie. In the browser, the name of the realm follows.',
    cookieName.default('session-jwt'),
  ),
  sameSite: setting(
    'Persistent Cookie SameSite attribute',
    'Controls whether browsers send the cookie with requests from other sites.',
    sameSite,
  ),
} as const

const shared = z.object(persistentCookieSettings)

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
