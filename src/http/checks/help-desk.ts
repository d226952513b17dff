import { RequestError } from '../../errors.ts'
import type { Session } from '../../sessions/session.ts'
import { isAdministrator } from './administrator.ts'
import type { Check, Visit } from './visit.ts'

/** The help desk needs a session of this very realm whose identity has the role `helpdesk`, or an administrator's. */
export const requireHelpDesk: Check = async ({ call, readIdentity }) => {
  const signedIn = await call.session()
  if (signedIn === undefined) throw new RequestError(401, 'Access Denied')
  if (await isAgent(signedIn.session, call.realm.path, readIdentity)) return
  if (!(await isAdministrator(signedIn, readIdentity))) throw new RequestError(403)
}

/** Asked at every request: a role that was taken away ends at once, not with the session. */
async function isAgent(
  session: Session,
  realm: string,
  readIdentity: Visit['readIdentity'],
): Promise<boolean> {
  if (session.realm !== realm) return false
  const identity = await readIdentity(realm, session.identityId)
  return identity?.isActive === true && identity.roles.includes('helpdesk')
}
