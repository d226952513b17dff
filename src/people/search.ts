import { setImmediate as nextTurn } from 'node:timers/promises'
import { fold } from '../attributes/fold.ts'
import { matches, type QueryFilter, requiredEquality } from '../crest/query-filter.ts'
import type { Identity } from './identity.ts'
import { type IdentityStore, type IndexedAttribute, indexedAttributes } from './identity-store.ts'
import { personOf } from './managed-object.ts'

/** By id, or by case-folded username. */
export type Order = 'id' | 'userName'

/** At most `limit` people, starting after an id or a username, depending on the order. */
export type Search = { filter: QueryFilter; limit: number; after?: string; order?: Order }

/** `next` is set if there may be more: search again with it as `after`. */
export type Found = { identities: Identity[]; next: string | undefined }

/** A lower bound if `isExact` is false. */
export type Count = { count: number; isExact: boolean }

/** Counting stops here. */
const maxCounted = 10_000

/** Maximum people that one search scans if it can't use an index. */
export const maxScanned = 20_000

/** An indexed value shared by more people is not used: scanning is cheaper. */
const maxFromIndex = 1000

const pageSize = 500

/** Finds people of a realm, ordered. May stop early: see {@link Found}. */
export async function search(store: IdentityStore, realm: string, criteria: Search): Promise<Found> {
  const { filter, limit, after = '', order = 'id' } = criteria
  const candidates = await fromIndex(store, realm, filter)
  if (candidates === undefined) return scan(store, realm, { filter, limit, after, order })
  const start = keyOf(order, after)
  const found = candidates
    .filter((identity) => keyOf(order, identity[order]) > start && matches(filter, personOf(identity)))
    .toSorted((left, right) => (keyOf(order, left[order]) < keyOf(order, right[order]) ? -1 : 1))
  const identities = found.slice(0, limit)
  return { identities, next: found.length > limit ? identities.at(-1)?.[order] : undefined }
}

export async function count(store: IdentityStore, realm: string, filter: QueryFilter): Promise<Count> {
  if (filter.kind === 'constant') {
    return { count: filter.value ? await store.count(realm) : 0, isExact: true }
  }
  const { identities, next } = await search(store, realm, { filter, limit: maxCounted })
  return { count: identities.length, isExact: next === undefined }
}

/** All candidates, if the filter requires an equality with an indexed value that few people share. */
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
    // Don't block other requests during a long search.
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
