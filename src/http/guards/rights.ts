import type { Identity } from '../../people/identity.ts'

/** The realms where a role applies: all realms, the person's own, or the person's own unless it is the root realm. */
type Reach = 'all' | 'own' | 'below' | 'no'

/** Rights of staff. A route requires one of them. */
export const staffAccesses = [
  'administrator',
  'realm',
  'people',
  'journeys',
  'transactions',
  'audit',
  'helpdesk',
  'staff',
] as const

export type StaffAccess = (typeof staffAccesses)[number]

export function isStaffAccess(access: string): access is StaffAccess {
  const names: readonly string[] = staffAccesses
  return names.includes(access)
}

const [all, own, below, no] = ['all', 'own', 'below', 'no'] as const

/**
 * The rights of each role. `administrator` covers the whole server, including custom node types, which run in every realm.
 * `staff` is for everyone with a role. In the root realm, writing journeys or resetting passwords would be a way to become an
 * administrator, so those roles have no effect there.
 */
// biome-ignore format: a table
const table = {
  admin:            { administrator: all, realm: all,   people: all,   journeys: all,   transactions: all,   audit: all,   helpdesk: all,   staff: all },
  'realm-admin':    { administrator: no,  realm: below, people: below, journeys: below, transactions: below, audit: below, helpdesk: below, staff: below },
  'journey-author': { administrator: no,  realm: no,    people: no,    journeys: below, transactions: no,    audit: no,    helpdesk: no,    staff: below },
  'agent-lead':     { administrator: no,  realm: no,    people: no,    journeys: no,    transactions: own,   audit: no,    helpdesk: own,   staff: own },
  agent:            { administrator: no,  realm: no,    people: no,    journeys: no,    transactions: no,    audit: no,    helpdesk: own,   staff: own },
  auditor:          { administrator: no,  realm: no,    people: no,    journeys: no,    transactions: no,    audit: own,   helpdesk: no,    staff: own },
} satisfies Record<string, Record<StaffAccess, Reach>>

export type Role = keyof typeof table

/** All roles, the strongest first. */
export const roleNames = Object.keys(table) as readonly Role[] // Object.keys forgets literal types

/** Older names of roles in stored identities. */
const olderNames: Readonly<Record<string, Role>> = { helpdesk: 'agent' }

/** The rights of a person with their current roles. */
export type Rights = {
  /** The person's own realm; empty without a session. */
  realm: string
  roles: readonly Role[]
  may(access: StaffAccess, realm: string): boolean
  /** Whether the person may grant or revoke this role in a realm: only if it has no rights there that the person lacks. */
  mayGrant(role: string, realm: string): boolean
}

/** What credentials allow at most: accesses to use, and accesses to give to people or to find with people whom they change. */
export type Limits = { accesses: readonly StaffAccess[]; grantable: readonly StaffAccess[] }

const noLimits: Limits = { accesses: staffAccesses, grantable: staffAccesses }

/** @param identity if undefined or inactive, there are no rights. */
export function rightsOf(
  identity: Pick<Identity, 'realm' | 'roles' | 'isActive'> | undefined,
  { accesses, grantable }: Limits = noLimits,
): Rights {
  const home = identity?.realm ?? ''
  const active = identity?.isActive === true ? identity.roles.flatMap((name) => roleNamed(name) ?? []) : []
  const roles = [...new Set(active)].filter((role) => role !== 'admin' || home === '/')
  const may = (access: StaffAccess, realm: string) =>
    accesses.includes(access) && roles.some((role) => reaches(table[role][access], home, realm))
  const mayGive = (access: StaffAccess, realm: string) => grantable.includes(access) && may(access, realm)
  // rule S32: otherwise tokens grant the role admin
  const couldDo = (reach: Reach, access: StaffAccess, realm: string) =>
    !reaches(reach, realm, realm) || mayGive(access, realm)
  return {
    realm: home,
    roles,
    may,
    mayGrant(name, realm) {
      const role = roleNamed(name)
      // Unknown roles have no rights; scripts may still read them.
      if (role === undefined) return true
      return staffAccesses.every((access) => couldDo(table[role][access], access, realm))
    },
  }
}

/** Returns a check whether a person may currently verify callers of a realm. */
export function mayVerifyBy(readIdentity: (realm: string, id: string) => Promise<Identity | undefined>) {
  return async (person: { realm: string; identityId: string }, realm: string): Promise<boolean> =>
    rightsOf(await readIdentity(person.realm, person.identityId)).may('helpdesk', realm)
}

/** For docs/access.md. */
export function reachOf(role: Role, access: StaffAccess): Reach {
  return table[role][access]
}

/** Whether a role has any effect for people of a realm. */
export function countsIn(name: string, realm: string): boolean {
  const role = roleNamed(name)
  if (role === undefined) return true
  if (role === 'admin') return realm === '/'
  return staffAccesses.some((access) => reaches(table[role][access], realm, realm))
}

function roleNamed(name: string): Role | undefined {
  return Object.hasOwn(olderNames, name) ? olderNames[name] : roleNames.find((role) => role === name)
}

function reaches(reach: Reach, home: string, realm: string): boolean {
  if (reach === 'all') return true
  // rule R1: otherwise a role applies in every realm
  return (reach === 'own' || (reach === 'below' && home !== '/')) && home === realm
}
