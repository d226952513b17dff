import { badRequest, RequestError } from '../../base/errors.ts'
import type { Identity } from '../../people/identity.ts'
import { countsIn } from '../guards/rights.ts'
import type { Call } from '../route.ts'

/**
 * Prevents privilege escalation: callers can grant and revoke only roles that have no rights beyond their own, and can only
 * remove their own roles.
 * @throws RequestError 400 for a role without effect in the realm, 403 for a role that the caller must not grant or revoke.
 */
export async function requireMayGrant(
  call: Call,
  { id, realm, roles: existing }: Pick<Identity, 'id' | 'realm' | 'roles'>,
  requested: readonly string[],
): Promise<void> {
  const granted = requested.filter((role) => !existing.includes(role))
  const revoked = existing.filter((role) => !requested.includes(role))
  const ineffective = granted.find((role) => !countsIn(role, realm))
  if (ineffective !== undefined)
    throw badRequest(`roles: ${ineffective} has no effect in ${realmTitle(realm)}`)
  const { session: own, isServiceAccount } = (await call.session()) ?? {}
  const isSelf = isServiceAccount !== true && own?.realm === realm && own.identityId === id
  // rule R1: otherwise people can assign roles to themselves
  if (isSelf && granted.length > 0) throw new RequestError(403, 'roles: you cannot grant roles to yourself')
  const rights = await call.rights()
  const excessive = [...granted, ...(isSelf ? [] : revoked)].find((role) => !rights.mayGrant(role, realm))
  if (excessive !== undefined) throw new RequestError(403, `roles: ${excessive} allows more than your roles`)
}

/**
 * A new password or address would take over the account: nobody changes a person who has rights beyond theirs. Tokens lack
 * those of the help desk.
 * @throws RequestError 403 naming the role.
 */
export async function requireMayChange(
  call: Call,
  person: Pick<Identity, 'realm' | 'roles'> | undefined,
): Promise<void> {
  const roles = person?.roles.filter((role) => countsIn(role, person.realm)) ?? []
  if (person === undefined || roles.length === 0) return
  const rights = await call.rights()
  const excessive = roles.find((role) => !rights.mayGrant(role, person.realm))
  // rule S32: otherwise tokens set the password of anyone
  if (excessive === undefined) return
  throw new RequestError(
    403,
    `This person has the role ${excessive}, which allows more than your credentials`,
  )
}

function realmTitle(realm: string): string {
  return realm === '/' ? 'the root realm' : `the realm ${realm}`
}
