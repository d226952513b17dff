import { z } from 'zod'

/** The claims of a logout token of OpenID Connect, without times and signature. */
const logoutTokenSchema = z.object({
  alg: z.string(),
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  sid: z.string(),
})

export type LogoutToken = z.infer<typeof logoutTokenSchema>

/** An HTTP request to another server. It can contain secrets, so it is stored sealed. */
export const outgoingCallSchema = z.object({
  url: z.string(),
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  /** The transaction whose result the body says when the call is made, in the words of Keycloak's authentication channel. */
  resultOf: z.object({ realm: z.string(), transaction: z.string() }).exactOptional(),
  /** The body is this token, signed when it is sent: it lives for minutes, and the outbox tries for a day. */
  logoutToken: logoutTokenSchema.exactOptional(),
})

export type OutgoingCall = z.infer<typeof outgoingCallSchema>

/** The last attempt of a listed call. `status` is the response's, if there was one. */
export type CallAttempt = { attempts: number; at: number; status: number | undefined; isMade: boolean }

export const queuedCallSchema = z.object({
  id: z.string(),
  realm: z.string(),
  /** The cause, for the log: `webhook Goodbye`. Never an address or a person's name. */
  about: z.string(),
  /** `sealed`: `body` holds the call. `delivery`: the call is built from a webhook delivery when it is sent. */
  source: z.enum(['sealed', 'delivery']),
  /** Sealed {@link OutgoingCall}; empty for a delivery. */
  body: z.string(),
  /** Attempts so far. */
  attempts: z.number(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  dueAt: z.number(),
  /** Why the last attempt failed; undefined during an attempt. */
  problem: z.string().optional(),
  /** When it was given up. Its body is empty from then on. */
  failedAt: z.number().optional(),
})

/** A waiting call as it is stored. */
export type QueuedCall = z.infer<typeof queuedCallSchema>
