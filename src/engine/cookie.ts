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
  /** Unset means until the browser closes. */
  maxAgeSeconds: z.number().exactOptional(),
  domain: z.string().exactOptional(),
  path: z.string().exactOptional(),
})

export type Cookie = z.infer<typeof cookieSchema>

/** The wish that a success leave a cookie that signs the person in again. */
export const persistentCookieSchema = z.object({
  ...flags,
  /** Only nodes with the same key read it. */
  signingKey: z.string(),
  /** How long it may go unused. */
  idleHours: z.number(),
  /** Epoch milliseconds, however often it is used. */
  expiresAt: z.number(),
})

export type PersistentCookie = z.infer<typeof persistentCookieSchema>
