import * as z from 'zod/mini'
import { userObject } from './realm.ts'
import { request } from './request.ts'

/** How many people a realm has; a lower bound where there are very many. */
export async function countPeople(realm: string): Promise<number> {
  const { totalPagedResults } = await request(
    z.object({ totalPagedResults: z.number() }),
    objectPath(realm),
    { query: { _queryFilter: true, _fields: '_id', _pageSize: 1, _totalPagedResultsPolicy: 'EXACT' } },
  )
  return totalPagedResults
}

function objectPath(realm: string): string {
  return `/openidm/managed/${encodeURIComponent(userObject(realm))}`
}
