import { matches, type QueryFilter, requiredEquality } from '../crest/query-filter.ts'
import type { Identity } from './identity.ts'
import { type IdentityStore, type IndexedAttribute, indexedAttributes } from './identity-store.ts'
import { personOf } from './managed-object.ts'

/** Which people, and how much of them: at most `limit`, those after an id. */
export type Search = { filter: QueryFilter; limit: number; after?: string }

/** `next` is set when there may be more: search again after it. */
export type Found = { identities: Identity[]; next: string | undefined }

/** How many people one search looks at where no index helps. */
export const maxScanned = 20_000

/** How many with the same value an index is asked for before scanning is the better way. */
const maxFromIndex = 1000

const pageSize = 500

/** Finds the people of a realm in the order of their ids. Bounded: see {@link Found}. */
export async function search(store: IdentityStore, realm: string, wanted: Search): Promise<Found> {
  const { filter, limit, after = '' } = wanted
  const candidates = await fromIndex(store, realm, filter)
  if (candidates === undefined) return scan(store, realm, { filter, limit, after })
  const found = candidates.filter((identity) => identity.id > after && matches(filter, personOf(identity)))
  const identities = found.slice(0, limit)
  return { identities, next: found.length > limit ? identities.at(-1)?.id : undefined }
}

/** Everybody who can match, when an equality that the filter demands has an index and few share its value. */
async function fromIndex(
  store: IdentityStore,
  realm: string,
  filter: QueryFilter,
): Promise<Identity[] | undefined> {
  for (const { field, value } of requiredEquality(filter)) {
    if (field === '_id') return one(await store.read(realm, value))
    if (field === 'userName') return one(await store.byUserName(realm, value))
    if (!isIndexed(field)) continue
    const found = await store.byAttribute(realm, field, value, maxFromIndex + 1)
    if (found.length <= maxFromIndex) return found
  }
  return undefined
}

async function scan(
  store: IdentityStore,
  realm: string,
  { filter, limit, after }: Required<Search>,
): Promise<Found> {
  const identities: Identity[] = []
  let last = after
  for (let scanned = 0; scanned < maxScanned; scanned += pageSize) {
    const page = await store.page(realm, last, pageSize)
    for (const identity of page) {
      if (!matches(filter, personOf(identity))) continue
      if (identities.length === limit) return { identities, next: last }
      identities.push(identity)
      last = identity.id
    }
    if (page.length < pageSize) return { identities, next: undefined }
    last = page.at(-1)?.id ?? last
  }
  return { identities, next: last }
}

function one(identity: Identity | undefined): Identity[] {
  return identity === undefined ? [] : [identity]
}

function isIndexed(field: string): field is IndexedAttribute {
  return indexedAttributes.some((indexed) => indexed === field)
}
