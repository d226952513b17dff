import { setImmediate as nextTurn } from 'node:timers/promises'
import { matches, type QueryFilter, requiredEquality } from '../crest/query-filter.ts'
import { fold } from './fold.ts'
import type { Identity } from './identity.ts'
import { type IdentityStore, type IndexedAttribute, indexedAttributes } from './identity-store.ts'
import { personOf } from './managed-object.ts'

/** By id, or by user name whatever its case. */
export type Order = 'id' | 'userName'

/** Which people, and how much of them: at most `limit`, those after an id or a user name, as the order says. */
export type Search = { filter: QueryFilter; limit: number; after?: string; order?: Order }

/** `next` is set when there may be more: search again after it. */
export type Found = { identities: Identity[]; next: string | undefined }

/** How many were found; at least so many when `isExact` is false. */
export type Count = { count: number; isExact: boolean }

/** More are not counted. */
const maxCounted = 10_000

/** How many people one search looks at where no index helps. */
export const maxScanned = 20_000

/** How many with the same value an index is asked for before scanning is the better way. */
const maxFromIndex = 1000

const pageSize = 500

/** Finds the people of a realm in order. Bounded: see {@link Found}. */
export async function search(store: IdentityStore, realm: string, wanted: Search): Promise<Found> {
  const { filter, limit, after = '', order = 'id' } = wanted
  const candidates = await fromIndex(store, realm, filter)
  if (candidates === undefined) return scan(store, realm, { filter, limit, after, order })
  const start = keyOf(order, after)
  const found = candidates
    .filter((identity) => keyOf(order, identity[order]) > start && matches(filter, personOf(identity)))
    .toSorted((left, right) => (keyOf(order, left[order]) < keyOf(order, right[order]) ? -1 : 1))
  const identities = found.slice(0, limit)
  return { identities, next: found.length > limit ? identities.at(-1)?.[order] : undefined }
}

/** Bounded: see {@link Count}. */
export async function count(store: IdentityStore, realm: string, filter: QueryFilter): Promise<Count> {
  if (filter.kind === 'constant') {
    return { count: filter.value ? await store.count(realm) : 0, isExact: true }
  }
  const { identities, next } = await search(store, realm, { filter, limit: maxCounted })
  return { count: identities.length, isExact: next === undefined }
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
  { filter, limit, after, order }: Required<Search>,
): Promise<Found> {
  const pageAfter = (last: string) =>
    order === 'id' ? store.page(realm, last, pageSize) : store.pageByUserName(realm, last, pageSize)
  const identities: Identity[] = []
  let last = after
  for (let scanned = 0; scanned < maxScanned; scanned += pageSize) {
    const page = await pageAfter(last)
    for (const identity of page) {
      if (!matches(filter, personOf(identity))) continue
      if (identities.length === limit) return { identities, next: last }
      identities.push(identity)
      last = identity[order]
    }
    if (page.length < pageSize) return { identities, next: undefined }
    last = page.at(-1)?.[order] ?? last
    // A long search is no reason to make requests wait.
    await nextTurn()
  }
  return { identities, next: last }
}

function keyOf(order: Order, key: string): string {
  return order === 'id' ? key : fold(key)
}

function one(identity: Identity | undefined): Identity[] {
  return identity === undefined ? [] : [identity]
}

function isIndexed(field: string): field is IndexedAttribute {
  return indexedAttributes.some((indexed) => indexed === field)
}
