import * as z from 'zod/mini'
import { type Lazy, lazyExtend, lazyObject } from './lazy.ts'

/** Query parameters of lists that are read page by page. */
export const pageQuery = lazyObject(() => ({
  _pageSize: z.optional(z.int()),
  /** From `pagedResultsCookie` of the page before. */
  _pagedResultsCookie: z.optional(z.string()),
}))

/** The members of an answer to pick. */
export const fieldsQuery = lazyObject(() => ({ _fields: z.optional(z.string()) }))

/** Query parameters of lists that are filtered in memory. */
export const collectionQuery = lazyExtend(pageQuery, () => ({
  _queryFilter: z.optional(z.string()),
  _sortKeys: z.optional(z.string()),
  _pagedResultsOffset: z.optional(z.int()),
  _totalPagedResultsPolicy: z.optional(z.enum(['NONE', 'EXACT'])),
  _fields: z.optional(z.string()),
}))

/** The envelope of every list. `pagedResultsCookie` is null on the last page. */
export function pageOf<Item extends z.ZodMiniType>(item: Lazy<Item>) {
  return lazyObject(() => ({
    result: z.array(item()),
    resultCount: z.number(),
    pagedResultsCookie: z.nullable(z.string()),
  }))
}
