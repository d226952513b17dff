import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import {
  type AuditFilter,
  type AuditTrailSettings,
  type AuditPage as EntryPage,
  exportAudit,
  listAudit,
  readTrail,
} from '../../api/audit.ts'
import { download } from '../../design/download.ts'
import './audit-page.css'
import '../components/rows.css'
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { LoadState } from '../components/load-state.tsx'
import { MoreButton } from '../components/more-button.tsx'
import { Page } from '../components/page.tsx'
import { SplitView } from '../components/split-view.tsx'
import { AuditTable } from './audit-table.tsx'
import { EntryPanel } from './entry-panel.tsx'
import { filterOf, isFiltered } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { Integrity } from './integrity.tsx'
import { entryCount } from './labels.ts'
import { Retention } from './retention.tsx'

const route = getRouteApi('/audit')

/** The audit trail: search, details, export and integrity check. */
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
        description="Who did what, and when. Entries are hash-chained, so tampering shows."
        actions={
          <>
            <RefreshButton list={list} />
            <ExportButton realm={realm} filter={filter} />
          </>
        }
      >
        <AuditStatus />
        <FilterBar />
        <LoadState query={list} of="audit trail" rows={8} />
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
      Refresh
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
        <p>No matches among the newest entries.</p>
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
      <EmptyState title="No entries yet">
        Sign-ins, transactions and changes by administrators are recorded here.
      </EmptyState>
    )
  }
  const showAll = () => navigate({ search: ({ realm }) => ({ realm }) })
  return (
    <EmptyState title="No matching entries" onShowAll={showAll}>
      Entries must match all filters. Names, IDs, tickets and tracking IDs must match completely; the text can
      match any part.
    </EmptyState>
  )
}

/** Matching audit entries, newest first. No automatic refresh, so that rows don't move while they are read. */
function useAudit(realm: string, filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', realm, filter],
    queryFn: ({ pageParam, signal }) => listAudit(realm, filter, { cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: EntryPage) => cookie,
    refetchOnWindowFocus: false,
  })
}

type AuditList = ReturnType<typeof useAudit>

/** Downloads all matching entries, one JSON object per line. The export is itself audited. */
function ExportButton({ realm, filter }: { realm: string; filter: AuditFilter }) {
  const exporting = useMutation({
    mutationFn: () => exportAudit(realm, filter),
    onSuccess: (file) => download(fileName(realm, filter), file),
  })
  return (
    <>
      <Button
        leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        loading={exporting.isPending}
        onClick={() => exporting.mutate()}
      >
        Export as JSON lines
      </Button>
      {exporting.error !== null && (
        <ErrorNotice
          title="The export could not be downloaded"
          error={exporting.error}
          onRetry={() => exporting.mutate()}
        />
      )}
    </>
  )
}

function fileName(realm: string, { allRealms }: AuditFilter): string {
  const whose = allRealms === true ? 'all-realms' : realm === '/' ? 'root' : realm.slice(1)
  return `audit-${whose.replaceAll('/', '-')}-${new Date().toISOString().slice(0, 10)}.jsonl`
}

/** Number of entries and retention, with buttons to verify the trail and to change the retention. */
function AuditStatus() {
  const trail = useQuery({ queryKey: ['audit-trail'], queryFn: ({ signal }) => readTrail(signal) })
  const [open, setOpen] = useState<'integrity' | 'retention'>()
  const close = () => setOpen(undefined)
  // The list below shows the error, if any.
  if (trail.data === undefined) return null
  return (
    <section className="audit-trail row wrap gap-2 below-4 text-note" aria-label="Audit trail">
      <p>{statusText(trail.data)}</p>
      <Button variant="default" size="xs" onClick={() => setOpen('integrity')}>
        Check integrity
      </Button>
      <Button variant="default" size="xs" onClick={() => setOpen('retention')}>
        Retention
      </Button>
      {open === 'integrity' && <Integrity onClose={close} />}
      {open === 'retention' && <Retention trail={trail.data} onClose={close} />}
    </section>
  )
}

function statusText({ first, last, retentionDays, keepsNodes }: AuditTrailSettings): string {
  const count = Math.max(0, last.sequence - first + 1)
  const days = retentionDays === 1 ? '1 day' : `${retentionDays} days`
  const howLong = retentionDays === 0 ? 'kept forever' : `kept for ${days}`
  const nodes = keepsNodes ? 'Node runs are recorded.' : 'Node runs are not recorded.'
  return `The trail has ${entryCount(count)} of all realms, ${howLong}. ${nodes}`
}
