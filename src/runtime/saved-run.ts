import { z } from 'zod'
import { journeySessionSchema } from '../engine/journey-session.ts'
import { watchedRunSchema } from '../engine/recorded-step.ts'

/** How a journey was asked for; part of its authId when the client named it. */
const authIndexSchema = z.object({ type: z.string(), value: z.string() })

const savedRunSchema = z.object({
  v: z.literal(1),
  revision: z.string(),
  session: journeySessionSchema,
  authIndex: authIndexSchema.optional(),
  /** What the client asked for at the start. */
  goto: z.string().optional(),
  gotoOnFail: z.string().optional(),
  /** Whether a success makes no session: the journey is so configured, or a request asked for it. */
  noSession: z.boolean(),
  noSessionAsked: z.boolean().optional(),
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
  /** Id of the person that the agent chose before the front journey started. */
  chosenPerson: z.string().optional(),
  /** What the agent said that the check is for, for journeys that don't pass it on themselves. */
  purpose: z
    .object({
      action: z.string().exactOptional(),
      reason: z.string().exactOptional(),
      ticket: z.string().exactOptional(),
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

/**
 * Everything about a login under way that outlives a request. Stored sealed: it holds secure state, the id of a
 * backchannel transaction and, in shared state, the ids of transactions that its nodes opened.
 */
export type SavedRun = z.infer<typeof savedRunSchema> & {
  /** Which nodes ran, in lines as `trace-lines.ts` has them. */
  trace: string
}

/** One line of JSON, and the lines of the trace: whoever goes on with the run has no need to parse these. */
export function writeRun({ trace, ...run }: SavedRun): string {
  return `${JSON.stringify(run)}\n${trace}`
}

/** The other way. A run of an earlier version is one line, and goes on without its trace. @throws Error when it is neither. */
export function readRun(text: string): SavedRun {
  const [line = '', trace = ''] = halves(text)
  return { ...savedRunSchema.parse(JSON.parse(line)), trace }
}

/** JSON has no raw line feeds. */
function halves(text: string): string[] {
  const end = text.indexOf('\n')
  return end < 0 ? [text] : [text.slice(0, end), text.slice(end + 1)]
}

export type AuthIndex = z.infer<typeof authIndexSchema>
