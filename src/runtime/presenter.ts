import { type Work, waitFor } from '../base/work.ts'
import type { AuthenticateRequest } from './authenticate-request.ts'
import type { SavedRun } from './saved-run.ts'
import type { World } from './world.ts'

/**
 * The kind of client that sends a request to a journey. `agent`: the request has a session whose owner may currently verify
 * callers of the realm; if the journey started under a session, it must be the same one. `ended`: the journey started under a
 * session, and the request has none. `no`: all others.
 */
export type Presenter = 'agent' | 'ended' | 'no'

/** Reads the role at the time of the request, so a revoked role no longer counts. */
export function* presenterOf(
  { mayVerify }: Pick<World, 'mayVerify'>,
  { realm, signedIn }: Pick<AuthenticateRequest, 'realm' | 'signedIn'>,
  existingSession: SavedRun['existingSession'],
): Work<Presenter> {
  const session = signedIn?.session
  // rule S15: otherwise another session can continue an agent's journey
  if (existingSession !== undefined && existingSession.tokenHash !== session?.tokenHash) return 'ended'
  if (session === undefined) return 'no'
  // rule H3: otherwise a person without the role starts a check
  return (yield* waitFor(mayVerify(session, realm.path))) ? 'agent' : 'no'
}
