import { RequestError } from '../../base/errors.ts'
import type { Awaitable } from '../../base/work.ts'
import type { Realm } from '../../realms/realm.ts'
import { isFresh } from '../../sessions/fresh.ts'
import type { Call, Route } from '../route.ts'

type Sources = { findRealm(path: string): Awaitable<Realm | undefined>; now(): number }

/**
 * Dangerous calls, which cannot be undone or grant access, need a recent sign-in, because a session may be unattended. The
 * session's realm defines what counts as recent.
 * @throws RequestError 403 with `freshSignIn` in its detail. Pages then ask the person to sign in again (`ForceAuth`) and
 * retry.
 */
export async function requireFreshSignIn(
  { dangerous }: Pick<Route, 'dangerous'>,
  call: Call,
  { findRealm, now }: Sources,
): Promise<void> {
  if (dangerous === undefined || !(await dangerous.is(call))) return
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401, 'Access Denied')
  const minutes = (await findRealm(session.realm))?.settings.freshSignInMinutes ?? 0
  if (minutes === 0 || isFresh(session, minutes, now())) return
  throw new RequestError(403, `This needs a sign-in within the last ${minutes} minutes: sign in again`, {
    freshSignIn: { maxAgeSeconds: minutes * 60, signedInAt: new Date(session.createdAt).toISOString() },
  })
}
