import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { isSignedOut } from '../../api/own-session.ts'
import { listSessions, type SessionPage } from '../../api/sessions.ts'

/** Refresh interval per page of the list. */
const refreshMs = 15_000

/** The sessions of a realm, or of one person, newest first. */
export function useSessions(realm: string, person: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['sessions', realm, person],
    queryFn: ({ pageParam, signal }) => listSessions(realm, person, { cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: SessionPage) => cookie,
    refetchInterval: ({ state }) => !isSignedOut(state.error) && refreshMs * (state.data?.pages.length ?? 1),
    retry: false,
  })
}

export type SessionList = ReturnType<typeof useSessions>

/** @returns a function that refreshes the session lists of the realm. */
export function useRefreshSessions(realm: string): () => void {
  const queries = useQueryClient()
  return () => {
    queries.invalidateQueries({ queryKey: ['sessions', realm] })
  }
}
