import { RequestError } from '../../base/errors.ts'
import { bringsBearer } from './bearer-scopes.ts'
import { isStaffAccess } from './rights.ts'
import type { Guard, Visit } from './visit.ts'

/**
 * Requires a session, or a token of administration, whose identity has a role for the access in the realm that the call acts
 * on.
 */
export const requireRight: Guard = async (visit) => {
  const { access, call, reply } = visit
  if ((await call.session()) === undefined) {
    if (bringsBearer(call.headers)) reply.header('www-authenticate', 'Bearer error="invalid_token"')
    throw new RequestError(401, 'Access Denied')
  }
  const rights = await call.rights()
  if (isStaffAccess(access) && rights.may(access, await realmActedOn(visit))) return
  throw new RequestError(403)
}

/**
 * An unknown realm gets the same response as a forbidden one. Only server administrators pass, and get 404 from the handler.
 */
async function realmActedOn({ realmOf }: Visit): Promise<string> {
  try {
    return await realmOf()
  } catch (error) {
    if (error instanceof RequestError) return ''
    throw error
  }
}
