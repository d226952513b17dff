import './failed-sign-ins.css'
import '../components/rows.css'
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type AuditPage, listAudit } from '../../api/audit.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { FilterField } from '../components/filter-field.tsx'
import { LoadState } from '../components/load-state.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { FailedSignInsTable } from './failed-sign-ins-table.tsx'
import { type FailedSignInsSearch, filterOf } from './search.ts'

const route = getRouteApi('/failed-sign-ins')

/** Journeys that failed: who, which node decided it and why, with a link to the run. */
export function FailedSignInsPage() {
  const { realm, ...search } = route.useSearch()
  const list = useFailedSignIns(realm, search)
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Page
      title="Failed sign-ins"
      description="Journeys that ended in failure, newest first. Runs are stored for a day after their end, entries as long as the audit trail."
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
          loading={list.isRefetching}
          onClick={() => list.refetch()}
        >
          Refresh
        </Button>
      }
    >
      <Filters />
      <LoadState query={list} of="failed sign-ins" rows={8} />
      {entries.length > 0 && <FailedSignInsTable entries={entries} readAt={list.dataUpdatedAt} />}
      {list.data !== undefined && entries.length === 0 && (
        <NoEntries search={search} mayBeMore={list.hasNextPage} />
      )}
      <MoreButton list={list} label="Search older sign-ins" />
    </Page>
  )
}

function Filters() {
  const { person, journey } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: FailedSignInsSearch) =>
    navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  return (
    <search className="filters">
      <FilterField
        label="Person"
        placeholder="Username or ID"
        value={person}
        onChange={(text) => change({ person: text })}
      />
      <FilterField
        label="Journey"
        placeholder="Its whole name"
        value={journey}
        onChange={(text) => change({ journey: text })}
      />
    </search>
  )
}

type NoEntriesProps = { search: FailedSignInsSearch; mayBeMore: boolean }

function NoEntries({ search: { person, journey }, mayBeMore }: NoEntriesProps) {
  const { realm } = route.useSearch()
  if (mayBeMore) return <p>No matches among the newest entries.</p>
  if (person === undefined && journey === undefined) {
    return (
      <EmptyState title="No failed sign-ins">
        Journeys that end in failure appear here, with the node that decided it.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No matching sign-ins"
      action={
        <Link to="/failed-sign-ins" search={{ realm }}>
          Show all
        </Link>
      }
    >
      Usernames and journeys must match completely. Sign-ins with unknown usernames belong to no person.
    </EmptyState>
  )
}

/** No automatic refresh, so that rows don't move while they are read. */
function useFailedSignIns(realm: string, search: FailedSignInsSearch) {
  const filter = filterOf(search)
  return useInfiniteQuery({
    queryKey: ['failed-sign-ins', realm, filter],
    queryFn: ({ pageParam, signal }) => listAudit(realm, filter, { cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: AuditPage) => cookie,
    refetchOnWindowFocus: false,
  })
}
