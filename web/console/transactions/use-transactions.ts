import { useInfiniteQuery } from '@tanstack/react-query'
import { isSignedOut } from '../../api/own-session.ts'
import { listTransactions, type TransactionFilter, type TransactionPage } from '../../api/transactions.ts'

/** Seconds between two readings of a list of one page; one that was read far back is renewed less often. */
export const refreshSeconds = 3

/** A realm's transactions, newest first. The list renews itself as long as it is seen. */
export function useTransactions(realm: string, filter: TransactionFilter) {
  return useInfiniteQuery({
    queryKey: ['transactions', realm, filter],
    queryFn: ({ pageParam, signal }) => listTransactions(realm, filter, { cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: TransactionPage) => cookie,
    refetchInterval: ({ state }) =>
      !isSignedOut(state.error) && refreshSeconds * 1_000 * (state.data?.pages.length ?? 1),
    // The next renewal is another try.
    retry: false,
  })
}

export type TransactionList = ReturnType<typeof useTransactions>
