import { RequestError } from '../../errors.ts'
import type { SignedIn } from '../route.ts'
import type { Check, Visit } from './visit.ts'

/** Administration needs a session of the root realm whose identity has the role `admin`. */
export const requireAdministrator: Check = async ({ call, readIdentity }) => {
  const signedIn = await call.session()
  if (signedIn === undefined) throw new RequestError(401, 'Access Denied')
  if (!(await isAdministrator(signedIn, readIdentity))) throw new RequestError(403)
}

/** Asked at every request: a role that was taken away ends at once, not with the session. */
export async function isAdministrator(
  { session }: Pick<SignedIn, 'session'>,
  readIdentity: Visit['readIdentity'],
): Promise<boolean> {
  if (session.realm !== '/') return false
  const identity = await readIdentity(session.realm, session.identityId)
  return identity?.isActive === true && identity.roles.includes('admin')
}
