import type { JourneySession } from '../journey/journey-session.ts'
import { timedOut } from './finish-journey.ts'
import type { RunContext } from './ports/run-context.ts'
import type { Ran } from './run-journey.ts'

type About = Pick<RunContext, 'identities' | 'readIdentity' | 'now'>

/**
 * Refuses to end a sign-in, or to let it change people, when the account of a person who proved something in it was changed
 * elsewhere since: a sign-in that began with the old password must not outlive it. Clients start over, as after a timeout.
 *
 * @returns the run, which notes its own changes: they don't make its proofs stale.
 * @throws RequestError 401 with AM's error code 110.
 */
export async function withFreshProofs(run: About, ran: Ran): Promise<Ran> {
  const { session, next } = ran
  const hasChanges = run.identities.changes().length > 0
  if (next.kind !== 'success' && !hasChanges) return ran
  for (const name of new Set((session.proofs ?? []).map((proof) => proof.name))) {
    const person = await run.identities.find(name)
    const identity = person && (await run.readIdentity(person._id))
    if (identity !== undefined && isStale(session, name, identity.sessionsEndedAt)) throw timedOut()
  }
  return hasChanges ? { ...ran, session: { ...session, changedPersonAt: run.now } } : ran
}

function isStale({ proofs = [], changedPersonAt = 0 }: JourneySession, name: string, endedAt = 0): boolean {
  return proofs.some(
    (proof) => proof.name === name && proof.at !== undefined && Math.max(proof.at, changedPersonAt) < endedAt,
  )
}
