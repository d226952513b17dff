import type { Subject } from '../backchannel/transaction.ts'
import type { Limit } from '../limits/limit.ts'

/** What a realm says of how often checks may begin. */
export type OpeningSettings = { pauseMinutes: number; maxChecksPerAgent: number; maxChecksPerPerson: number }

/**
 * Why an agent may not begin a check of somebody; the message is a sentence for the log, the audit book and the agent.
 * `waitMs`: the same may be tried again then.
 */
export type OpeningRefusal =
  | { problem: 'self' | 'paused'; message: string }
  | { problem: 'tooManyByAgent' | 'tooManyOfPerson'; message: string; waitMs: number }

/** How long limits of a check are used up, in milliseconds. */
export type OpeningWaits = { agent: number | undefined; person: number | undefined }

/** When the pause after "this is not me" ends; epoch milliseconds, undefined when there is none. */
export function pausedUntil(
  rejectedAt: number | undefined,
  pauseMinutes: number,
  now: number,
): number | undefined {
  if (rejectedAt === undefined) return undefined
  const until = rejectedAt + pauseMinutes * 60_000
  return until > now ? until : undefined
}

/** What a check counts in: for its agent within ten minutes, for its person within an hour. */
export function openingLimits(
  realm: string,
  agent: Pick<Subject, 'id'>,
  subject: Pick<Subject, 'id'>,
  { maxChecksPerAgent, maxChecksPerPerson }: OpeningSettings,
): { agent: Limit; person: Limit } {
  return {
    agent: { key: `${realm} checks by ${agent.id}`, most: maxChecksPerAgent, windowMs: 10 * 60_000 },
    person: { key: `${realm} checks of ${subject.id}`, most: maxChecksPerPerson, windowMs: 60 * 60_000 },
  }
}

/** Nobody verifies themself, nobody whose account is under attack is asked again at once, and nobody is worn down. */
export function openingRefusal(
  agent: Pick<Subject, 'id'>,
  subject: Pick<Subject, 'id'>,
  paused: number | undefined,
  waits: OpeningWaits,
): OpeningRefusal | undefined {
  if (agent.id === subject.id) return { problem: 'self', message: 'An agent cannot verify themself.' }
  if (paused !== undefined) {
    const until = new Date(paused).toISOString()
    const why = 'the caller of the last one said that it was not them.'
    return { problem: 'paused', message: `No check of this person before ${until}: ${why}` }
  }
  if (waits.agent !== undefined) {
    const message = 'Too many checks of one agent in a short time.'
    return { problem: 'tooManyByAgent', message, waitMs: waits.agent }
  }
  if (waits.person === undefined) return undefined
  return {
    problem: 'tooManyOfPerson',
    message: 'Too many checks of this person in a short time.',
    waitMs: waits.person,
  }
}
