import { useQuery } from '@tanstack/react-query'
import { readChecklistOf, readOwnRights } from '../../api/starters.ts'

/** A check at the desk can end while the page is open. */
const refetchMs = 5_000

/**
 * What the realm still needs. Journey authors get none, because they couldn't do the steps.
 * @param isLive whether steps get their ticks while the page is open.
 */
export function useChecklist(realm: string, isLive = false) {
  const isAdministrator = useOwnRights(realm).includes('realm')
  return useQuery({
    queryKey: ['checklist', realm],
    queryFn: ({ signal }) => readChecklistOf(realm, signal),
    enabled: isAdministrator,
    refetchInterval: ({ state }) => (isLive && state.data?.isDone === false ? refetchMs : false),
  })
}

/** Whether the signed-in person administers the server, and not only a realm. */
export function useIsServerAdministrator(realm: string): boolean {
  return useOwnRights(realm).includes('administrator')
}

function useOwnRights(realm: string): readonly string[] {
  const { data = [] } = useQuery({
    queryKey: ['own-rights', realm],
    queryFn: () => readOwnRights(realm),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data
}
