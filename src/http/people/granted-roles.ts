import { badRequest, RequestError } from '../../errors.ts'
import type { Identity } from '../../people/identity.ts'
import { countsIn } from '../guards/rights.ts'
import type { Call } from '../route.ts'

/**
 * Nobody raises themselves or anybody above themselves: one gives and takes roles that one covers, and of one's own one
 * only gives up.
 * @throws RequestError 400 for a role that does nothing in the realm, 403 for one that is not the caller's to give.
 */
export async function requireMayGrant(
  call: Call,
  { id, realm, roles: held }: Pick<Identity, 'id' | 'realm' | 'roles'>,
  wanted: readonly string[],
): Promise<void> {
  const given = wanted.filter((role) => !held.includes(role))
  const taken = held.filter((role) => !wanted.includes(role))
  const useless = given.find((role) => !countsIn(role, realm))
  if (useless !== undefined) throw badRequest(`roles: ${useless} does nothing in ${whereIs(realm)}`)
  const own = (await call.session())?.session
  const isSelf = own?.realm === realm && own.identityId === id
  if (isSelf && given.length > 0) throw new RequestError(403, 'roles: nobody gives roles to themselves')
  const rights = await call.rights()
  const above = [...given, ...(isSelf ? [] : taken)].find((role) => !rights.mayGrant(role, realm))
  if (above !== undefined) throw new RequestError(403, `roles: ${above} is more than you have`)
}

function whereIs(realm: string): string {
  return realm === '/' ? 'the root realm' : `the realm ${realm}`
}
