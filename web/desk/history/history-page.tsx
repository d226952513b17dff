import './history-page.css'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type CheckRow, listChecks } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useRealm } from '../navigation/navigation.ts'
import { filterNamed, historyQuery, type ResultFilter, resultFilters } from './filter.ts'
import { HistoryTable } from './history-table.tsx'

/** @param result the first choice. */
export function HistoryPage({ result: first }: { result: string | undefined }) {
  useDocumentTitle(t('History · Desk'))
  const [text, setText] = useState('')
  const [result, setResult] = useState<ResultFilter>(() => filterNamed(first))
  const history = useHistory(result, useSettled(text))
  const rows = history.data?.pages.flatMap(({ rows: page }) => page) ?? []
  const { hasNextPage, fetchNextPage } = history
  const isSearching = useSearchToTheEnd(history, rows.length === 0)
  return (
    <section className="history stack items-start gap-4">
      <header>
        <h1 className="heading-1">{t('History')}</h1>
        <p className="muted">{t('Your checks of the last 30 days. Leads see everyone’s checks.')}</p>
      </header>
      <search className="filters wrap full-width gap-2">
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
      {isSearching && <p className="nothing muted">{t('Searching older checks…')}</p>}
      {history.isSuccess && rows.length === 0 && !isSearching && (
        <NoResults isFiltered={result !== 'all' || text.trim() !== ''} />
      )}
      {rows.length > 0 && <HistoryTable rows={rows} />}
      {hasNextPage && !isSearching && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
    </section>
  )
}

/** Each request searches a limited number of checks, so the first match may be on a later page. */
function useSearchToTheEnd(
  { isSuccess, hasNextPage, isFetching, fetchNextPage }: ReturnType<typeof useHistory>,
  isEmpty: boolean,
): boolean {
  const isSearching = isSuccess && isEmpty && hasNextPage
  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage()
  }, [isSearching, isFetching, fetchNextPage])
  return isSearching
}

const debounceMs = 250

/** The text once the agent has stopped typing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), debounceMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function useHistory(result: ResultFilter, text: string) {
  const realm = useRealm()
  const query = historyQuery(result, text)
  return useInfiniteQuery({
    queryKey: ['history', realm, query],
    queryFn: ({ pageParam, signal }) => listChecks(realm, { ...query, cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: { rows: CheckRow[]; cookie: string | undefined }) => cookie,
  })
}

function NoResults({ isFiltered }: { isFiltered: boolean }) {
  return (
    <p className="nothing muted">
      {isFiltered
        ? t('No matching checks. Remove words, or choose All.')
        : t('No checks yet. Checks that you start are kept here for 30 days.')}
    </p>
  )
}
