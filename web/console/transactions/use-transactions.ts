import { useInfiniteQuery } from '@tanstack/react-query'
import { isSignedOut } from '../../api/own-session.ts'
import { listTransactions, type TransactionFilter, type TransactionPage } from '../../api/transactions.ts'

/** Refresh interval per page of the list. */
export const refreshSeconds = 3

/** Transactions of a realm, newest first, refreshed while the page is visible. */
export function useTransactions(realm: string, filter: TransactionFilter) {
  return useInfiniteQuery({
    queryKey: ['transactions', realm, filter],
    queryFn: ({ pageParam, signal }) => listTransactions(realm, filter, { cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: TransactionPage) => cookie,
    refetchInterval: ({ state }) =>
      !isSignedOut(state.error) && refreshSeconds * 1_000 * (state.data?.pages.length ?? 1),
    // The next refresh is the retry.
    retry: false,
  })
}

export type TransactionList = ReturnType<typeof useTransactions>
