import type { Subject } from '../backchannel/transaction.ts'

/** Why an agent may not begin a check of somebody; a sentence for the log and the audit book. */
export type OpeningRefusal = { problem: 'self' | 'paused'; message: string }

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

/** Nobody verifies themself, and nobody whose account is under attack is asked again at once. */
export function openingRefusal(
  agent: Pick<Subject, 'id'>,
  subject: Pick<Subject, 'id'>,
  paused: number | undefined,
): OpeningRefusal | undefined {
  if (agent.id === subject.id) return { problem: 'self', message: 'An agent cannot verify themself.' }
  if (paused === undefined) return undefined
  const until = new Date(paused).toISOString()
  return {
    problem: 'paused',
    message: `No check of this person before ${until}: the caller of the last one said that it was not them.`,
  }
}
