import './history-page.css'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type CheckRow, listChecks } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useRealm } from '../navigation/navigation.ts'
import { matchesFilter, type ResultFilter, resultFilters, serverState } from './filter.ts'
import { HistoryTable } from './history-table.tsx'

export function HistoryPage() {
  useDocumentTitle(t('History · Desk'))
  const [text, setText] = useState('')
  const [result, setResult] = useState<ResultFilter>('all')
  const history = useHistory(result)
  const all = history.data?.pages.flatMap(({ rows }) => rows) ?? []
  const rows = all.filter((row) => matchesFilter(row, { result, text }))
  return (
    <section className="history">
      <header>
        <h1>{t('History')}</h1>
        <p>{t('Your checks of the last 30 days. Leads see everyone’s checks.')}</p>
      </header>
      <search className="filters">
        <TextInput
          aria-label={t('Search history')}
          placeholder={t('Caller, ticket or reference')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('Result')}
          data={resultFilters.map(({ value, label }) => ({ value, label: t(label) }))}
          value={result}
          onChange={setResult}
        />
      </search>
      {history.error !== null && (
        <Notice tone="bad" title={t('The history could not be read.')} onRetry={() => history.refetch()}>
          {t('This may be out of date.')}
        </Notice>
      )}
      {history.isSuccess && rows.length === 0 && <NoResults hasAny={all.length > 0} />}
      {rows.length > 0 && <HistoryTable rows={rows} />}
      {history.hasNextPage && (
        <Button
          variant="default"
          loading={history.isFetchingNextPage}
          onClick={() => history.fetchNextPage()}
        >
          {t('Show more')}
        </Button>
      )}
    </section>
  )
}

function useHistory(result: ResultFilter) {
  const realm = useRealm()
  const state = serverState(result)
  return useInfiniteQuery({
    queryKey: ['history', realm, state],
    queryFn: ({ pageParam, signal }) => listChecks(realm, { state, cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: { rows: CheckRow[]; cookie: string | undefined }) => cookie,
  })
}

function NoResults({ hasAny }: { hasAny: boolean }) {
  return (
    <p className="nothing">
      {hasAny
        ? t('No matching checks. Remove words, or choose All.')
        : t('No checks yet. Checks that you start are kept here for 30 days.')}
    </p>
  )
}
