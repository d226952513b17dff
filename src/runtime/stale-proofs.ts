import type { JourneySession } from '../engine/journey-session.ts'
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
 * Ends a sign-in when the account of a person who proved something in it was changed elsewhere since: a sign-in that began
 * with the old password must not outlive it. Clients start over, as after a timeout.
 *
 * @throws RequestError 401 with AM's error code 110.
 */
export async function requireFreshProofs(
  run: People & Pick<RunContext, 'now'>,
  { proofs = [], changedPersonAt }: JourneySession,
): Promise<void> {
  for (const name of new Set(proofs.map((proof) => proof.name))) {
    const endedAt = await lastEndOf(run, name)
    // A directory is written at once, not with the step: when the step runs again, the change of this moment is its own.
    const isOwn = endedAt === changedPersonAt || endedAt === run.now
    const isStale = proofs.some(
      (proof) => proof.name === name && (proof.sessionsEndedAt ?? endedAt) !== endedAt,
    )
    if (isStale && !isOwn) throw timedOut()
  }
}

/** Notes that this step changes people, so that its own changes don't make the proofs of the journey stale. */
export function withOwnChanges(
  { identities, now }: Pick<RunContext, 'identities' | 'now'>,
  session: JourneySession,
): JourneySession {
  return identities.changes().length === 0 ? session : { ...session, changedPersonAt: now }
}
