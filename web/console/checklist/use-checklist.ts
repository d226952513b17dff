import { useQuery } from '@tanstack/react-query'
import { listStarters, readChecklistOf } from '../../api/starters.ts'
import { useOwnRights } from '../components/use-own-rights.ts'

/** A check at the desk can end while the page is open. */
const refetchMs = 5_000

/**
 * What the realm still needs. Journey authors get none, because they couldn't do the steps.
 * @param isLive whether steps get their ticks while the page is open.
 */
export function useChecklist(realm: string, isLive = false) {
  const isAdministrator = useOwnRights(realm).data?.includes('realm') === true
  return useQuery({
    queryKey: ['checklist', realm],
    queryFn: ({ signal }) => readChecklistOf(realm, signal),
    enabled: isAdministrator,
    refetchInterval: ({ state }) => (isLive && state.data?.isDone === false ? refetchMs : false),
  })
}

/** The sets of samples that the realm can get. */
export function useStarters(realm: string) {
  return useQuery({
    queryKey: ['starters', realm],
    queryFn: ({ signal }) => listStarters(realm, signal),
  })
}

/** Whether the signed-in person administers the server, and not only a realm. */
export function useIsServerAdministrator(realm: string): boolean {
  return useOwnRights(realm).data?.includes('administrator') === true
}
