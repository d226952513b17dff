import type { Identity } from '../../people/identity.ts'

/** How far a role goes: everywhere, in the realm of the person, or there unless it is the root realm. */
type Reach = 'all' | 'own' | 'below' | 'no'

/** What staff alone may call. Each route belongs to one. */
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
 * What each role may do. `administrator` is what concerns the whole server, custom node types among it: they run in every
 * realm. `staff` is for whoever has a role. Who writes journeys or resets passwords in the root realm can become an
 * administrator, so that there these roles do nothing.
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

/** All roles by the names that identities hold, the strongest first. */
export const roleNames = Object.keys(table) as readonly Role[] // Object.keys forgets literal types

/** What a role was called before there were several. */
const olderNames: Readonly<Record<string, Role>> = { helpdesk: 'agent' }

/** What one person may do, as their roles are now. */
export type Rights = {
  /** Where the person is at home. */
  realm: string
  roles: readonly Role[]
  may(access: StaffAccess, realm: string): boolean
  /** Whether they may give this role to people of a realm, or take it: only what they could do there themselves. */
  mayGrant(role: string, realm: string): boolean
}

/** @param identity undefined for nobody. Who is inactive may nothing. */
export function rightsOf(identity: Pick<Identity, 'realm' | 'roles' | 'isActive'> | undefined): Rights {
  const home = identity?.realm ?? ''
  const held = identity?.isActive === true ? identity.roles.flatMap((name) => roleNamed(name) ?? []) : []
  const roles = [...new Set(held)].filter((role) => role !== 'admin' || home === '/')
  const may = (access: StaffAccess, realm: string) =>
    roles.some((role) => reaches(table[role][access], home, realm))
  const couldDo = (reach: Reach, access: StaffAccess, realm: string) =>
    reach === 'all' ? may('administrator', '/') : !reaches(reach, realm, realm) || may(access, realm)
  return {
    realm: home,
    roles,
    may,
    mayGrant(name, realm) {
      const role = roleNamed(name)
      // Other names mean nothing to us: scripts may ask for them.
      if (role === undefined) return true
      return staffAccesses.every((access) => couldDo(table[role][access], access, realm))
    },
  }
}

/** Tells whether a person may verify callers of a realm, by the roles that they have when it is asked. */
export function mayVerifyBy(readIdentity: (realm: string, id: string) => Promise<Identity | undefined>) {
  return async (person: { realm: string; identityId: string }, realm: string): Promise<boolean> =>
    rightsOf(await readIdentity(person.realm, person.identityId)).may('helpdesk', realm)
}

/** For the reference page. */
export function reachOf(role: Role, access: StaffAccess): Reach {
  return table[role][access]
}

/** Whether a role does anything for people of a realm. */
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
  return (reach === 'own' || (reach === 'below' && home !== '/')) && home === realm
}
