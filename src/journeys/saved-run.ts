import { z } from 'zod'
import { journeySessionSchema } from '../journey/journey-session.ts'
import { watchedRunSchema } from '../journey/recorded-step.ts'

/** How a journey was asked for; part of its authId when the client named it. */
const authIndexSchema = z.object({ type: z.string(), value: z.string() })

/**
 * Everything about a login under way that outlives a request. Stored sealed: it holds secure state, the id of a
 * backchannel transaction and, in shared state, the ids of transactions that its nodes opened.
 */
export const savedRunSchema = z.object({
  v: z.literal(1),
  revision: z.string(),
  session: journeySessionSchema,
  authIndex: authIndexSchema.optional(),
  /** What the client asked for at the start. */
  goto: z.string().optional(),
  gotoOnFail: z.string().optional(),
  noSession: z.boolean(),
  /** Id of the transaction that this journey completes. */
  transaction: z.string().optional(),
  /** Whether the caller typed, in this journey, the code that the agent read out. */
  isBound: z.boolean().optional(),
  /** The session that the journey runs under. */
  existingSession: z
    .object({
      tokenHash: z.string(),
      properties: z.record(z.string(), z.string()),
      /** Whose it is; unknown to journeys that an earlier version started. */
      identityId: z.string().optional(),
    })
    .optional(),
  /** The transaction whose status a node read last, and how far it was then: what a waiting page waits for. */
  watching: z.object({ transaction: z.string(), sequence: z.number() }).optional(),
  /** What authId refers to; kept while suspended, when the client need not send an authId. */
  reference: z.string().optional(),
  /** The record for the administrator who looks on, where one does. */
  watch: watchedRunSchema.optional(),
  /** Nodes run so far; names the visits of nodes. */
  visits: z.number(),
})

export type SavedRun = z.infer<typeof savedRunSchema>
export type AuthIndex = z.infer<typeof authIndexSchema>
