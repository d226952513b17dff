import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type CheckSummary, type HelpDesk, listChecks, readHelpDesk } from '../../api/help-desk.ts'
import { useRealm } from '../navigation/navigation.ts'

export function offerQuery(realm: string) {
  return queryOptions({
    queryKey: ['offer', realm],
    queryFn: () => readHelpDesk(realm),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What the realm offers. Pages are shown once it is there. */
export function useOffer(): HelpDesk {
  return useSuspenseQuery(offerQuery(useRealm())).data
}

export function recentQuery(realm: string) {
  return queryOptions({
    queryKey: ['recent', realm],
    queryFn: ({ signal }) => listChecks(realm, { pageSize: 50, signal }),
    // The checks on the screen have feeds of their own; the others are news in a list.
    refetchInterval: ({ state }) => (state.data?.verifications.some(isUnderWay) === true ? 3_000 : 15_000),
  })
}

/** The newest checks, those under way among them. */
export function useRecent() {
  return useQuery(recentQuery(useRealm()))
}

export function isUnderWay({ ending }: CheckSummary): boolean {
  return ending === null
}
