import { z } from 'zod'

/** An HTTP request to another server. It can contain secrets, so it is stored sealed. */
export const outgoingCallSchema = z.object({
  url: z.string(),
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})

export type OutgoingCall = z.infer<typeof outgoingCallSchema>

/** The last attempt of a listed call. `status` is the response's, if there was one. */
export type Tried = { tries: number; at: number; status: number | undefined; isMade: boolean }

/** A waiting call as it is stored. */
export type QueuedCall = {
  id: string
  realm: string
  /** The cause, for the log: `webhook Goodbye`. Never an address or a person's name. */
  about: string
  /** `sealed`: `body` holds the call. `delivery`: the call is built from a webhook delivery when it is sent. */
  source: 'sealed' | 'delivery'
  /** Sealed {@link OutgoingCall}; empty for a delivery. */
  body: string
  /** Attempts so far. */
  attempts: number
  /** Epoch milliseconds. */
  createdAt: number
  dueAt: number
}
