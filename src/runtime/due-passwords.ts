import { type Work, waitFor } from '../base/work.ts'
import type { JourneySession } from '../engine/journey-session.ts'
import type { Method } from '../engine/methods.ts'
import type { RunContext } from './run-context.ts'
import { withProofsOf } from './stale-proofs.ts'

// A password that must be changed is known to the person who set it. It proves nothing until its owner has replaced it in the
// same journey, whichever node checked it.

/** What people read whose journey doesn't let them change the password. */
export const passwordIsDue =
  'Your password is temporary and must be changed first. This page cannot change it: use another sign-in, or ask your administrator.'

/** Leaves out the proof of a password that must be changed, and remembers whose it is. */
export function* withDuePassword(
  { effects }: RunContext,
  session: JourneySession,
  name: string,
  proved: readonly Method[],
): Work<{ session: JourneySession; counted: readonly Method[] }> {
  const id = proved.includes('pwd') ? yield* waitFor(effects.identities.withDuePassword(name)) : undefined
  if (id === undefined) return { session, counted: proved }
  const duePasswords = [...new Set([...(session.duePasswords ?? []), id])]
  return {
    session: { ...session, duePasswords },
    // rule S81: otherwise a temporary password proves a factor
    counted: proved.filter((method) => method !== 'pwd'),
  }
}

/** Counts the passwords of people who changed them since. */
export function* withNewPasswords(run: RunContext, session: JourneySession): Work<JourneySession> {
  const { duePasswords: due = [] } = session
  const renewed = due.filter((id) => run.effects.identities.hasNewPassword(id))
  if (renewed.length === 0) return session
  let after: JourneySession = { ...session, duePasswords: due.filter((id) => !renewed.includes(id)) }
  for (const id of renewed) after = yield* withProofsOf(run, after, id, ['pwd'])
  return after
}
