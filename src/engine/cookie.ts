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
