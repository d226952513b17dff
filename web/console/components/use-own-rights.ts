import { useQuery } from '@tanstack/react-query'
import { readOwnRights } from '../../api/starters.ts'

/**
 * What the signed-in person may do in a realm, in the terms of docs/access.md.
 * @param isSignedIn false without a session: then the rights are not read.
 */
export function useOwnRights(realm: string, isSignedIn = true) {
  return useQuery({
    queryKey: ['own-rights', realm],
    queryFn: () => readOwnRights(realm),
    enabled: isSignedIn,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
