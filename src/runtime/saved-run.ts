import { z } from 'zod'
import { journeySessionSchema } from '../engine/journey-session.ts'
import { watchedRunSchema } from '../engine/recorded-step.ts'
import { type AuthenticateAnswer, timedOut } from './authenticate-request.ts'
import type { StoredJourneySession } from './step-store.ts'
import type { World } from './world.ts'

/** How the client named the journey. Part of the authId. */
const authIndexSchema = z.object({ type: z.string(), value: z.string() })

/** A run as version 0.1 saved it. Later members are optional. */
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
  /** When the journey came to the node at which it waits; epoch milliseconds. Missing from journeys of earlier versions. */
  waitingSince: z.number().optional(),
  /** Number of nodes run so far, which names the visits. */
  visits: z.number(),
})

/**
 * Everything about a journey that outlives a request. Stored sealed: it holds secure state, the id of a backchannel
 * transaction and, in shared state, the ids of transactions that its nodes opened.
 */
export type SavedRun = Omit<z.infer<typeof savedRunSchema>, 'v'> & {
  /** The nodes that ran, as lines of `trace-lines.ts`. */
  trace: string
}

/** The first line of a saved run of this version. */
const version = 'v2\n'

/**
 * Lines for a saved run and the last response: the version, the run as JSON, the response as JSON or nothing, and the trace,
 * which the next step does not have to parse.
 */
export function writeRun({ trace, ...run }: SavedRun, answer: AuthenticateAnswer | undefined): string {
  return `${version}${JSON.stringify(run)}\n${answer === undefined ? '' : JSON.stringify(answer)}\n${trace}`
}

/**
 * Reads text from `writeRun`. Nothing checks its members: this server, or one of its cluster, wrote and sealed it.
 * @throws Error for other texts.
 */
export function readRun(text: string): SavedRun {
  if (!text.startsWith(version)) return readFirstVersion(text)
  const [run, , trace] = linesOf(text)
  return { ...JSON.parse(run), trace }
}

/** The last response in text from `writeRun`, for a repeated request. Undefined for the first request of a journey. */
export function readAnswer(text: string): AuthenticateAnswer | undefined {
  const answer = text.startsWith(version) ? linesOf(text)[1] : ''
  return answer === '' ? undefined : JSON.parse(answer)
}

/** Version 0.1 wrote the run and the trace without a version, or only the run. */
function readFirstVersion(text: string): SavedRun {
  const end = text.indexOf('\n')
  const [line, trace] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)]
  const { v: _first, ...run } = savedRunSchema.parse(JSON.parse(line))
  return { ...run, trace }
}

/** Run, response and trace. JSON contains no line feed. */
function linesOf(text: string): [run: string, answer: string, trace: string] {
  const runEnd = text.indexOf('\n', version.length)
  const answerEnd = text.indexOf('\n', runEnd + 1)
  return [text.slice(version.length, runEnd), text.slice(runEnd + 1, answerEnd), text.slice(answerEnd + 1)]
}

/**
 * @param text what the body seals, if it is known.
 * @throws RequestError 401 if the stored session can't be read. Only that journey fails.
 */
export function openStep(
  { sealer, log }: Pick<World, 'sealer' | 'log'>,
  { session, text }: { session: Pick<StoredJourneySession, 'body'>; text?: string },
): { saved: SavedRun; text: string } {
  try {
    const opened = text ?? sealer.open(session.body)
    return { saved: readRun(opened), text: opened }
  } catch (cause) {
    log.error({ err: cause }, 'a stored journey session is not readable')
    throw timedOut()
  }
}

/** @throws RequestError like `openStep`. */
export function openRun(world: Pick<World, 'sealer' | 'log'>, session: StoredJourneySession): SavedRun {
  return openStep(world, { session }).saved
}

export type AuthIndex = z.infer<typeof authIndexSchema>
