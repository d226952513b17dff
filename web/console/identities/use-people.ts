import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { listPeople, type PeopleQuery } from '../../api/people.ts'

export type PeopleFilter = Pick<PeopleQuery, 'text' | 'status' | 'sort'>

/** Matching people of a realm, paged. The previous result stays visible during a new search. */
export function usePeople(realm: string, filter: PeopleFilter) {
  const query = useInfiniteQuery({
    queryKey: ['people', realm, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => listPeople(realm, { ...filter, cookie: pageParam, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const [first] = query.data?.pages ?? []
  return {
    ...query,
    people: query.data?.pages.flatMap(({ people }) => people),
    total: first === undefined ? undefined : { count: first.total, isExact: first.isExact },
  }
}
