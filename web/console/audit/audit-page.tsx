import './audit-page.css'
import '../components/rows.css'
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { SplitView } from '../components/split-view.tsx'
import { AuditStatus } from './audit-status.tsx'
import { AuditTable } from './audit-table.tsx'
import { EntryPanel } from './entry-panel.tsx'
import { ExportButton } from './export-button.tsx'
import { filterOf, isFiltered } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { type AuditList, useAudit } from './use-audit.ts'

const route = getRouteApi('/audit')

/** Who did what: found, opened, exported, and checked. */
export function AuditPage() {
  const { realm, ...search } = route.useSearch()
  const filter = filterOf(search, realm)
  const list = useAudit(realm, filter)
  const { entry } = search
  return (
    <SplitView
      side={entry === undefined ? undefined : <EntryPanel key={entry} realm={realm} id={String(entry)} />}
    >
      <Page
        title="Audit"
        description="Who did what. Each entry is chained to the one before, so that a change shows."
        actions={
          <>
            <RefreshButton list={list} />
            <ExportButton realm={realm} filter={filter} />
          </>
        }
      >
        <AuditStatus />
        <FilterBar />
        {list.error !== null && (
          <ErrorNotice
            title="The audit trail could not be read"
            error={list.error}
            onRetry={() => list.refetch()}
          />
        )}
        {list.isPending && <Skeleton label="Reading the audit trail" rows={8} />}
        {list.data !== undefined && (
          <EntryRows list={list} isSearch={isFiltered(filter)} withRealm={filter.allRealms === true} />
        )}
      </Page>
    </SplitView>
  )
}

function RefreshButton({ list }: { list: AuditList }) {
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
      loading={list.isRefetching}
      onClick={() => list.refetch()}
    >
      Renew
    </Button>
  )
}

type ListedProps = { list: AuditList; isSearch: boolean; withRealm: boolean }

function EntryRows({ list, isSearch, withRealm }: ListedProps) {
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? []
  if (entries.length === 0 && !list.hasNextPage) return <NoEntries isSearch={isSearch} />
  return (
    <>
      {entries.length === 0 ? (
        <p>Nothing fits among the newest entries.</p>
      ) : (
        <AuditTable entries={entries} withRealm={withRealm} />
      )}
      <MoreButton list={list} label={isSearch ? 'Search older entries' : 'Show older entries'} />
    </>
  )
}

function NoEntries({ isSearch }: { isSearch: boolean }) {
  const navigate = route.useNavigate()
  if (!isSearch) {
    return (
      <EmptyState title="Nothing yet">
        Sign-ins, transactions and what administrators change are written down here.
      </EmptyState>
    )
  }
  const showAll = () => navigate({ search: ({ realm }) => ({ realm }) })
  return (
    <EmptyState
      title="No entry fits"
      action={
        <Button variant="default" onClick={showAll}>
          Show all
        </Button>
      }
    >
      All that is asked for must fit. Names, ids, tickets and tracking ids are matched as a whole, the text in
      any part.
    </EmptyState>
  )
}
