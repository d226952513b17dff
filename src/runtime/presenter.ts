import type { AuthenticateRequest } from './authenticate-request.ts'
import type { SavedRun } from './saved-run.ts'
import type { World } from './world.ts'

/**
 * Who presents a request to a journey. `agent`: a session whose owner may verify callers of the realm now, and, once the
 * journey has started under a session, that very session. `ended`: the journey started under a session, and the request
 * comes without it. `no`: anybody else.
 */
export type Presenter = 'agent' | 'ended' | 'no'

/** Reads the role at the time of the request: a role that was taken away counts no longer. */
export async function presenterOf(
  { mayVerify }: Pick<World, 'mayVerify'>,
  { realm, signedIn }: Pick<AuthenticateRequest, 'realm' | 'signedIn'>,
  existingSession: SavedRun['existingSession'],
): Promise<Presenter> {
  const session = signedIn?.session
  if (existingSession !== undefined && existingSession.tokenHash !== session?.tokenHash) return 'ended'
  return session !== undefined && (await mayVerify(session, realm.path)) ? 'agent' : 'no'
}
