import { useQuery } from '@tanstack/react-query'
import { readChecklistOf, readOwnRights } from '../../api/starters.ts'

/** A check at the desk can end while the page is open. */
const refetchMs = 5_000

/** What the realm still needs. Journey authors may not read it: they get no data. */
export function useChecklist(realm: string) {
  return useQuery({
    queryKey: ['checklist', realm],
    queryFn: ({ signal }) => readChecklistOf(realm, signal),
    refetchInterval: ({ state }) => (state.data?.isDone === false ? refetchMs : false),
  })
}

/** Whether the signed-in person administers the server, and not only a realm. */
export function useIsServerAdministrator(realm: string): boolean {
  const { data = [] } = useQuery({
    queryKey: ['own-rights', realm],
    queryFn: () => readOwnRights(realm),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data.includes('administrator')
}
