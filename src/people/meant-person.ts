import { isAddress } from '../attributes/policies.ts'
import { activeHolders, hasAddress, type NameStore } from './address-names.ts'
import { linkedTo } from './directories/directory-link.ts'
import type { Identity } from './identity.ts'

/**
 * Resolves a text by which an application or a colleague names a person: an id, a username, or an email address that exactly
 * one active person has. A text that fits two people names nobody, and neither does a username in the form of an email address
 * that isn't the person's own, unless the realm's directory gave it. Makes the same reads for every text.
 * Source: OpenID Connect CIBA Core 1.0, section 7.1.
 */
export async function meantPerson(
  store: NameStore,
  realm: string,
  text: string,
): Promise<Identity | undefined> {
  const [byId, byUserName, holders] = await Promise.all([
    store.read(realm, text),
    store.byUserName(realm, text),
    activeHolders(store, realm, text),
  ])
  if (holders === 'tooMany') return undefined
  const named = byId ?? byUserName
  const [only, ...others] = new Map(
    [...holders, ...(named === undefined ? [] : [named])].map((person) => [person.id, person]),
  ).values()
  // rule S80: otherwise a username wins over the address of another person
  if (only === undefined || others.length > 0) return undefined
  const isForeign = isAddress(text) && !hasAddress(only, text) && linkedTo(only) === undefined
  // rule S80: otherwise a username in the form of an address names a person who doesn't have the address
  return isForeign ? undefined : only
}
