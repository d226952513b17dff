import { z } from 'zod'

/** A request that the server owes somebody outside. It may carry what is nobody's business: it is kept sealed. */
export const outgoingCallSchema = z.object({
  url: z.string(),
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})

export type OutgoingCall = z.infer<typeof outgoingCallSchema>

/** A call that waits to be made, as storage sees it. */
export type QueuedCall = {
  id: string
  realm: string
  /** What makes it, for the log: `webhook Goodbye`. Never an address or a name of somebody. */
  about: string
  /** Sealed {@link OutgoingCall}. */
  body: string
  /** How often it was taken to be made. */
  attempts: number
  /** Epoch milliseconds. */
  createdAt: number
  dueAt: number
}
