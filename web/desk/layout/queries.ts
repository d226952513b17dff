import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type CheckRow, type HelpDesk, listChecks, readHelpDesk } from '../../api/help-desk.ts'
import { setActionTexts } from '../messages/action-text.ts'
import { useRealm } from '../navigation/navigation.ts'

export function helpDeskQuery(realm: string) {
  return queryOptions({
    queryKey: ['help-desk', realm],
    queryFn: async () => {
      const helpDesk = await readHelpDesk(realm, document.documentElement.lang)
      setActionTexts(helpDesk.actionTexts)
      return helpDesk
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** `DeskLayout` renders the pages only after this has been read. */
export function useHelpDesk(): HelpDesk {
  return useSuspenseQuery(helpDeskQuery(useRealm())).data
}

/** The agent's own: leads see those of the others on the wall. */
export function recentChecksQuery(realm: string) {
  return queryOptions({
    queryKey: ['recent', realm],
    queryFn: ({ signal }) => listChecks(realm, { scope: 'own', pageSize: 100, signal }),
    // For checks in the list. A check on the page has its own feed.
    refetchInterval: ({ state }) => (state.data?.rows.some(mayChange) === true ? 3_000 : 15_000),
    // An agent who looks at another tab hears of news.
    refetchIntervalInBackground: true,
  })
}

/** Checks that colleagues offer to the agent or the team. */
export function useOfferedChecks() {
  const realm = useRealm()
  return useQuery({
    queryKey: ['offered', realm],
    queryFn: ({ signal }) => listChecks(realm, { scope: 'offered', signal }),
    refetchInterval: 3_000,
    refetchIntervalInBackground: true,
  })
}

/** Checks of the agent that the caller rejected, until the agent has read it. */
export function useRejectedChecks() {
  const realm = useRealm()
  return useQuery({
    queryKey: ['rejected', realm],
    queryFn: ({ signal }) => listChecks(realm, { isUnread: true, ending: 'notMe,calledMe', signal }),
    refetchInterval: 3_000,
    refetchIntervalInBackground: true,
  })
}

/** The 100 newest checks, which include all running ones: checks live for minutes. */
export function useRecentChecks() {
  return useQuery(recentChecksQuery(useRealm()))
}

/** Whether the check runs, or has a result that can become usable or be paused. */
function mayChange(row: CheckRow): boolean {
  return hasNoEnding(row) || ['ready', 'waiting', 'paused'].includes(row.grant?.state ?? '')
}

export function hasNoEnding({ ending }: CheckRow): boolean {
  return ending === null
}
