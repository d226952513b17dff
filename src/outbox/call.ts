import { z } from 'zod'

/** A request that the server owes somebody outside. It may carry what is nobody's business: it is kept sealed. */
export const outgoingCallSchema = z.object({
  url: z.string(),
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})

export type OutgoingCall = z.infer<typeof outgoingCallSchema>

/** How a try of a call went, for those that are listed. `status` is that of the answer, if there was one. */
export type Tried = { tries: number; at: number; status: number | undefined; isMade: boolean }

/** A call that waits to be made, as storage sees it. */
export type QueuedCall = {
  id: string
  realm: string
  /** What makes it, for the log: `webhook Goodbye`. Never an address or a name of somebody. */
  about: string
  /** `sealed`: it waits as it is made. `delivery`: it is made when it is sent, out of what is owed to a receiver. */
  source: 'sealed' | 'delivery'
  /** Sealed {@link OutgoingCall}; empty for a delivery. */
  body: string
  /** How often it was taken to be made. */
  attempts: number
  /** Epoch milliseconds. */
  createdAt: number
  dueAt: number
}
