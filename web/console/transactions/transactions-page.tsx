import './transactions-page.css'
import '../components/rows.css'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useParams } from '@tanstack/react-router'
import { isSignedOut } from '../../api/own-session.ts'
import { listTransactions, type TransactionFilter, type TransactionPage } from '../../api/transactions.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { SplitView } from '../components/split-view.tsx'
import { filterOf } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { TransactionTable } from './transaction-table.tsx'

const route = getRouteApi('/transactions')

/** The transactions of a realm, live, with the open one beside the list. */
export function TransactionsPage() {
  const search = route.useSearch()
  const { reference } = useParams({ strict: false })
  const list = useTransactions(search.realm, filterOf(search))
  return (
    <SplitView side={reference === undefined ? undefined : <Outlet />}>
      <Page
        title="Transactions"
        description="Checks and requests that one person opens and another completes."
        actions={<RefreshStatus list={list} />}
      >
        <FilterBar />
        <LoadState query={list} of="transactions" rows={8} isLive />
        {list.data !== undefined && <TransactionRows list={list} opened={reference} />}
      </Page>
    </SplitView>
  )
}

/** Tells whether the list refreshes itself. */
function RefreshStatus({ list }: { list: TransactionList }) {
  if (list.data === undefined) return null
  return list.error === null ? (
    <p className="renewal note align-center">Updates every {refreshSeconds * list.data.pages.length} s</p>
  ) : (
    <p className="renewal lost note align-center">Not refreshed</p>
  )
}

function TransactionRows({ list, opened }: { list: TransactionList; opened: string | undefined }) {
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const { show, journey, text } = route.useSearch()
  const isFiltered = [show, journey, text].some((value) => value !== undefined)
  if (rows.length === 0 && !list.hasNextPage) return isFiltered ? <NoMatches /> : <NoTransactions />
  return (
    <>
      {rows.length > 0 && <TransactionTable rows={rows} opened={opened} />}
      {rows.length === 0 && <p>No matches among the newest transactions.</p>}
      <MoreButton list={list} label={isFiltered ? 'Search older transactions' : 'Show more'} />
      <p className="note above-3">Finished transactions are kept for 30 days.</p>
    </>
  )
}

function NoTransactions() {
  return (
    <EmptyState
      title="No transactions yet"
      action={
        <Button component="a" href="/desk/">
          Open the desk
        </Button>
      }
    >
      A transaction starts when a journey reaches Backchannel Initialize, or when an application requests one.
      It appears here at once.
    </EmptyState>
  )
}

function NoMatches() {
  const navigate = route.useNavigate()
  const showAll = () => navigate({ to: '.', search: ({ realm }) => ({ realm }) })
  return (
    <EmptyState title="No matching transactions" onShowAll={showAll}>
      Try fewer words, or another state or journey. Finished transactions are kept for 30 days.
    </EmptyState>
  )
}

/** Refresh interval per page of the list. */
const refreshSeconds = 3

/** Transactions of a realm, newest first, refreshed while the page is visible. */
function useTransactions(realm: string, filter: TransactionFilter) {
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

type TransactionList = ReturnType<typeof useTransactions>
