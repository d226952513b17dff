import { z } from 'zod'

const flags = {
  name: z.string(),
  isSecure: z.boolean(),
  isHttpOnly: z.boolean(),
  sameSite: z.enum(['STRICT', 'LAX', 'NONE']),
}

/** A cookie that a node sets. */
export const cookieSchema = z.object({
  ...flags,
  value: z.string(),
  /** Unset: a session cookie of the browser. */
  maxAgeSeconds: z.number().exactOptional(),
  domain: z.string().exactOptional(),
  path: z.string().exactOptional(),
})

export type Cookie = z.infer<typeof cookieSchema>

/** A cookie to set when the journey succeeds. It signs the person in again. */
export const persistentCookieSchema = z.object({
  ...flags,
  /** Only nodes with the same key can read the cookie. */
  signingKey: z.string(),
  /** Idle lifetime. */
  idleHours: z.number(),
  /** Absolute expiry, in epoch milliseconds. */
  expiresAt: z.number(),
})

export type PersistentCookie = z.infer<typeof persistentCookieSchema>

/**
 * Name of the persistent cookie of a realm, such as `session-jwt.%2Falpha`. Realms at one host don't replace each other's.
 * @param configured name in the settings of the nodes
 */
export function persistentCookieName(configured: string, realm: string): string {
  return `${configured}.${encodeURIComponent(realm).replaceAll('.', '%2E')}`
}

/** The persistent cookie of a realm. Earlier versions set it under the configured name, which the next renewal leaves behind. */
export function persistentCookieIn(
  cookies: Readonly<Record<string, string>>,
  configured: string,
  realm: string,
): string | undefined {
  const name = persistentCookieName(configured, realm)
  return [name, configured].flatMap(
    (each) => (Object.hasOwn(cookies, each) ? cookies[each] : undefined) ?? [],
  )[0]
}
