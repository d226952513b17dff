import type { JourneySession } from '../journey/journey-session.ts'
import { timedOut } from './finish-journey.ts'
import type { RunContext } from './ports/run-context.ts'

type People = Pick<RunContext, 'identities' | 'readIdentity'>

/**
 * When a person's sessions were last ended by a change of the account or by a check.
 *
 * @returns epoch milliseconds, 0 for never.
 */
export async function lastEndOf({ identities, readIdentity }: People, nameOrId: string): Promise<number> {
  const person = await identities.find(nameOrId)
  const identity = person && (await readIdentity(person._id))
  return identity?.sessionsEndedAt ?? 0
}

/**
 * Refuses to end a sign-in, or to let it change people, when the account of a person who proved something in it was changed
 * elsewhere since: a sign-in that began with the old password must not outlive it. Clients start over, as after a timeout.
 *
 * @returns the run, which notes its own changes: they don't make its proofs stale.
 * @throws RequestError 401 with AM's error code 110.
 */
export async function withFreshProofs<Ran extends { session: JourneySession; next: { kind: string } }>(
  run: People & Pick<RunContext, 'now'>,
  ran: Ran,
): Promise<Ran> {
  const { session, next } = ran
  const hasChanges = run.identities.changes().length > 0
  if (next.kind !== 'success' && !hasChanges) return ran
  // A directory is written at once, not with the step.
  const ownChanges = [session.changedPersonAt, hasChanges ? run.now : undefined]
  const proofs = session.proofs ?? []
  for (const name of new Set(proofs.map((proof) => proof.name))) {
    const endedAt = await lastEndOf(run, name)
    const isStale = proofs.some(
      (proof) => proof.name === name && (proof.sessionsEndedAt ?? endedAt) !== endedAt,
    )
    if (isStale && !ownChanges.includes(endedAt)) throw timedOut()
  }
  return hasChanges ? { ...ran, session: { ...session, changedPersonAt: run.now } } : ran
}
