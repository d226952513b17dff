import { useInfiniteQuery } from '@tanstack/react-query'
import { listVersions, type VersionedThing } from '../../api/versions.ts'

/** The versions of a thing, page by page. Always read from the server. */
export function useVersions(realm: string, { kind, id }: VersionedThing) {
  return useInfiniteQuery({
    queryKey: ['versions', realm, kind, id],
    queryFn: ({ pageParam, signal }) => listVersions(realm, { kind, id }, { before: pageParam }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => pages.flatMap(({ result }) => result),
    staleTime: 0,
    gcTime: 0,
  })
}
