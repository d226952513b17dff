import { RequestError } from '../../errors.ts'
import { isStaffAccess } from './rights.ts'
import type { Check, Visit } from './visit.ts'

/** A session whose identity has a role for the access, in the realm that the call acts on. */
export const requireRight: Check = async (visit) => {
  const { access, call } = visit
  if ((await call.session()) === undefined) throw new RequestError(401, 'Access Denied')
  const rights = await call.rights()
  if (isStaffAccess(access) && rights.may(access, await realmActedOn(visit))) return
  throw new RequestError(403)
}

/** One that there is not looks like any other in which the caller may nothing; who may everything learns it later. */
async function realmActedOn({ realmOf }: Visit): Promise<string> {
  try {
    return await realmOf()
  } catch (error) {
    if (error instanceof RequestError) return ''
    throw error
  }
}
