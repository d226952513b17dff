import { z } from 'zod'
import { journeySessionSchema } from '../engine/journey-session.ts'
import { watchedRunSchema } from '../engine/recorded-step.ts'
import { timedOut } from './authenticate-request.ts'
import type { StoredJourneySession } from './step-store.ts'
import type { World } from './world.ts'

/** How the client named the journey. Part of the authId. */
const authIndexSchema = z.object({ type: z.string(), value: z.string() })

const savedRunSchema = z.object({
  v: z.literal(1),
  revision: z.string(),
  session: journeySessionSchema,
  authIndex: authIndexSchema.optional(),
  goto: z.string().optional(),
  gotoOnFail: z.string().optional(),
  /** Whether a success creates no session, because the journey or a request says so. */
  noSession: z.boolean(),
  noSessionAsked: z.boolean().optional(),
  /** Id of the transaction that this journey completes. */
  transaction: z.string().optional(),
  /** Whether the caller typed the code that the agent read out, in this journey. */
  isBound: z.boolean().optional(),
  /** The session that the journey runs under. */
  existingSession: z
    .object({
      tokenHash: z.string(),
      properties: z.record(z.string(), z.string()),
      /** Missing from journeys that an earlier version started. */
      identityId: z.string().optional(),
    })
    .optional(),
  /** Id of the person that the agent chose before the journey started. It decides between people with the same address. */
  chosenPerson: z.string().optional(),
  /** Purpose of the check as the agent stated it, for journeys that don't pass it on themselves. */
  purpose: z
    .object({
      action: z.string().exactOptional(),
      reason: z.string().exactOptional(),
      ticket: z.string().exactOptional(),
    })
    .optional(),
  /**
   * The transaction whose status a node read last, and its sequence number then. A waiting page waits for a later
   * event.
   */
  watching: z.object({ transaction: z.string(), sequence: z.number() }).optional(),
  /** The id that authIds carry, kept while suspended, because a resume link comes without an authId. */
  reference: z.string().optional(),
  /** The record for an administrator who watches the run. */
  watch: watchedRunSchema.optional(),
  /** Number of nodes run so far, which names the visits. */
  visits: z.number(),
})

/**
 * Everything about a journey that outlives a request. Stored sealed: it holds secure state, the id of a backchannel
 * transaction and, in shared state, the ids of transactions that its nodes opened.
 */
export type SavedRun = z.infer<typeof savedRunSchema> & {
  /** The nodes that ran, as lines of `trace-lines.ts`. */
  trace: string
}

/** One line of JSON, then the lines of the trace, which the next step does not have to parse. */
export function writeRun({ trace, ...run }: SavedRun): string {
  return `${JSON.stringify(run)}\n${trace}`
}

/**
 * Reads text from `writeRun`. Runs of an earlier version are a single line and lose their trace.
 * @throws Error for other texts.
 */
export function readRun(text: string): SavedRun {
  const [line = '', trace = ''] = halves(text)
  return { ...savedRunSchema.parse(JSON.parse(line)), trace }
}

/** @throws RequestError 401 if the stored session can't be read. Only that journey fails. */
export function openRun(
  { sealer, log }: Pick<World, 'sealer' | 'log'>,
  stored: StoredJourneySession,
): SavedRun {
  try {
    return readRun(sealer.open(stored.body))
  } catch (cause) {
    log.error({ err: cause }, 'a stored journey session is not readable')
    throw timedOut()
  }
}

/** Splits at the first line feed, which JSON does not contain. */
function halves(text: string): string[] {
  const end = text.indexOf('\n')
  return end < 0 ? [text] : [text.slice(0, end), text.slice(end + 1)]
}

export type AuthIndex = z.infer<typeof authIndexSchema>
