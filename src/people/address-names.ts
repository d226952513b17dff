import { fold } from '../attributes/fold.ts'
import { type FailedPolicy, isAddress } from '../attributes/policies.ts'
import type { Json } from '../base/json.ts'
import type { Identity } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'

/** An email address shared by this many identities identifies none of them. */
const maxSharers = 20

type Names = { userName?: Json; mail?: Json; _id?: Json; accountStatus?: Json }

/** The reads that tell whose name or address a text is. */
export type NameStore = Pick<IdentityStore, 'read' | 'byUserName' | 'byAttribute'>

/**
 * Checks that a username or id in the form of an email address is the person's own address and no other person's, because
 * applications name people by their addresses. Reads nothing if neither name, address nor
 * status changes.
 *
 * @param owner the person; a new person has no id.
 * @param before the stored names; empty for a new person.
 * @param source `form`: the address may be chosen later. `directory`: names are in the form of the directory, which may differ
 * from the address.
 * @returns failed policies by attribute.
 */
export async function addressNameFailures(
  store: NameStore,
  owner: { realm: string; id: string | undefined },
  before: Names,
  after: Names,
  source: 'complete' | 'form' | 'directory',
): Promise<Record<string, FailedPolicy>> {
  const failures: Record<string, FailedPolicy> = {}
  const isBack = before.accountStatus === 'inactive' && after.accountStatus !== 'inactive'
  // rule S80: otherwise a person who comes back takes an address that has become a username
  const hasNewMail = !isSame(before.mail, after.mail) || isBack
  for (const property of ['userName', '_id'] as const) {
    const name = after[property]
    const isNew = !isSame(before[property], name)
    if (typeof name !== 'string' || !isAddress(name) || !(isNew || hasNewMail)) continue
    const mayDiffer = source === 'directory' || (source === 'form' && after.mail === undefined)
    // rule S80: otherwise a username is the address of another person, or a free one
    if (isNew && !isSame(name, after.mail) && !mayDiffer) {
      failures[property] = { policyRequirement: 'OWN_ADDRESS' }
    } else if (await isAddressOfOther(store, owner, name)) failures[property] = taken
  }
  if (hasNewMail && typeof after.mail === 'string' && (await isNameOfOther(store, owner, after.mail))) {
    failures.mail = taken
  }
  return failures
}

const taken: FailedPolicy = { policyRequirement: 'UNIQUE' }

/** Whether a person has this email address, ignoring case. */
export function hasAddress({ attributes }: Pick<Identity, 'attributes'>, address: string): boolean {
  return [attributes.mail].flat().some((mail) => isSame(mail, address))
}

/** The active people with an email address. */
export async function activeHolders(
  store: NameStore,
  realm: string,
  address: string,
): Promise<Identity[] | 'tooMany'> {
  const holders = await store.byAttribute(realm, 'mail', address, maxSharers)
  if (holders.length >= maxSharers) return 'tooMany'
  return holders.filter(({ isActive, kind }) => isActive && kind === 'user')
}

async function isAddressOfOther(
  store: NameStore,
  { realm, id }: { realm: string; id: string | undefined },
  name: string,
): Promise<boolean> {
  const holders = await activeHolders(store, realm, name)
  // rule S80: otherwise a username is the address of another active person who shares it
  return holders === 'tooMany' || holders.some((holder) => holder.id !== id)
}

async function isNameOfOther(
  store: NameStore,
  { realm, id }: { realm: string; id: string | undefined },
  mail: string,
): Promise<boolean> {
  if (!isAddress(mail)) return false
  const named = await Promise.all([store.byUserName(realm, mail), store.read(realm, mail)])
  // rule S80: otherwise an address becomes that of the username of another person
  return named.some((holder) => holder !== undefined && holder.id !== id)
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return (one ?? null) === (other ?? null)
  return fold(one) === fold(other)
}
