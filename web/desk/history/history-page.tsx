import './history-page.css'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type CheckSummary, listChecks } from '../../api/help-desk.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useRealm } from '../navigation/navigation.ts'
import { isWanted, type ResultFilter, resultFilters, stateOf } from './filter.ts'
import { HistoryTable } from './history-table.tsx'

/** All checks that are kept, newest first. */
export function HistoryPage() {
  useDocumentTitle('History · Desk')
  const [text, setText] = useState('')
  const [result, setResult] = useState<ResultFilter>('all')
  const history = useHistory(result)
  const all = history.data?.pages.flatMap(({ verifications }) => verifications) ?? []
  const rows = all.filter((row) => isWanted(row, result, text))
  return (
    <section className="history">
      <header>
        <h1>History</h1>
        <p>Your checks of the last 30 days. Administrators see those of the whole desk.</p>
      </header>
      <search className="filters">
        <TextInput
          aria-label="Search history"
          placeholder="Caller, ticket or reference"
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl aria-label="Result" data={[...resultFilters]} value={result} onChange={setResult} />
      </search>
      {history.error !== null && (
        <Notice tone="bad" title="The history could not be read." onRetry={() => history.refetch()}>
          This may be out of date.
        </Notice>
      )}
      {history.isSuccess && rows.length === 0 && <Nothing hasAny={all.length > 0} />}
      {rows.length > 0 && <HistoryTable rows={rows} />}
      {history.hasNextPage && (
        <Button
          variant="default"
          loading={history.isFetchingNextPage}
          onClick={() => history.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  )
}

function useHistory(result: ResultFilter) {
  const realm = useRealm()
  const state = stateOf(result)
  return useInfiniteQuery({
    queryKey: ['history', realm, state],
    queryFn: ({ pageParam, signal }) => listChecks(realm, { state, cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: { verifications: CheckSummary[]; cookie: string | undefined }) => cookie,
  })
}

function Nothing({ hasAny }: { hasAny: boolean }) {
  return (
    <p className="nothing">
      {hasAny
        ? 'No check fits. Take words away, or choose All.'
        : 'No checks yet. Each one that you start is kept here for 30 days.'}
    </p>
  )
}
