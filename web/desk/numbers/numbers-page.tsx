import './numbers-page.css'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type ExportFormat,
  exportChecks,
  type Period,
  type PeriodNumbers,
  readNumbers,
} from '../../api/leads.ts'
import { ApiError } from '../../api/request.ts'
import { serverNow } from '../../api/server-clock.ts'
import { download } from '../../design/download.ts'
import { formatNumber, t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { Notice } from '../components/notice.tsx'
import { Tile } from '../components/tile.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { problemText } from '../messages/problem-text.ts'
import { useRealm } from '../navigation/navigation.ts'
import { EndingsTable, TimesTable } from './endings-table.tsx'
import { GroupsTable } from './groups-table.tsx'
import {
  customPeriod,
  dateOf,
  notVerified,
  type PageSplit,
  type PeriodName,
  periodOf,
  periods,
  splitNamed,
  splits,
  spokenMs,
} from './numbers-model.ts'

type Choice = { name: PeriodName; first: string; last: string }

/** How many checks ended how, and how long they took. For leads. */
export function NumbersPage() {
  useDocumentTitle(t('Numbers · Desk'))
  const [choice, setChoice] = useState<Choice>(() => ({ name: 'today', ...lastWeek(serverNow()) }))
  const [by, setBy] = useState<PageSplit>('check')
  const period = periodOfChoice(choice)
  const numbers = useNumbers(period, by)
  return (
    <section className="numbers stack gap-4">
      <header>
        <h1 className="heading-1">{t('Numbers')}</h1>
        <p className="muted">{t('Checks of all agents. They are kept for 30 days.')}</p>
      </header>
      <PeriodBar choice={choice} onChange={setChoice} period={period} />
      {period === undefined && <p className="note">{t('Choose two days, the first one first.')}</p>}
      {numbers.error !== null && <Trouble error={numbers.error} retry={() => numbers.refetch()} />}
      {numbers.error === null && numbers.data !== undefined && (
        <Content {...numbers.data} chosen={by} onSplit={setBy} />
      )}
    </section>
  )
}

function useNumbers(period: Period | undefined, by: PageSplit) {
  const realm = useRealm()
  return useQuery({
    queryKey: ['numbers', realm, period, by],
    queryFn: async ({ signal }) => {
      const numbers = await readNumbers(realm, { ...(period ?? { from: 0, to: 1 }), by }, signal)
      return { numbers, by }
    },
    enabled: period !== undefined,
    placeholderData: keepPreviousData,
  })
}

function periodOfChoice({ name, first, last }: Choice): Period | undefined {
  return name === 'custom' ? customPeriod(first, last) : periodOf(name, serverNow())
}

function lastWeek(now: number): Pick<Choice, 'first' | 'last'> {
  return { first: dateOf(periodOf('7', now).from), last: dateOf(now) }
}

type PeriodBarProps = { choice: Choice; onChange(choice: Choice): void; period: Period | undefined }

function PeriodBar({ choice, onChange, period }: PeriodBarProps) {
  return (
    <div className="row wrap gap-2">
      <SegmentedControl
        aria-label={t('Period')}
        data={labelled(periods)}
        value={choice.name}
        onChange={(name) => onChange({ ...choice, name })}
      />
      {choice.name === 'custom' && (
        <>
          <TextInput
            type="date"
            aria-label={t('First day')}
            value={choice.first}
            onChange={(event) => onChange({ ...choice, first: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label={t('Last day')}
            value={choice.last}
            onChange={(event) => onChange({ ...choice, last: event.currentTarget.value })}
          />
        </>
      )}
      <div className="exports wrap push-end">
        <ExportButton period={period} format="csv" label={t('Export CSV')} />
        <ExportButton period={period} format="ndjson" label={t('Export JSON lines')} />
      </div>
    </div>
  )
}

/** The server asks for a recent sign-in first. It records each export. */
function ExportButton({
  period,
  format,
  label,
}: {
  period: Period | undefined
  format: ExportFormat
  label: string
}) {
  const realm = useRealm()
  const exporting = useMutation({
    mutationFn: (wanted: Period) => exportChecks(realm, wanted, format),
    onSuccess: (file, { from, to }) => download(`checks-${dateOf(from)}-${dateOf(to - 1)}.${format}`, file),
  })
  if (period === undefined) return null
  return (
    <>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        loading={exporting.isPending}
        onClick={() => exporting.mutate(period)}
      >
        {label}
      </Button>
      {exporting.error !== null && <span role="alert">{problemText(exporting.error)}</span>}
    </>
  )
}

function labelled<Value extends string>(choices: readonly { value: Value; label: Text }[]) {
  return choices.map(({ value, label }) => ({ value, label: t(label) }))
}

type ContentProps = {
  numbers: PeriodNumbers
  /** The split of the numbers, which stay until those of the chosen split arrive. */
  by: PageSplit
  chosen: PageSplit
  onSplit(by: PageSplit): void
}

function Content({ numbers: { total, result, hasMore }, by, chosen, onSplit }: ContentProps) {
  return (
    <>
      <dl className="tiles stack gap-3">
        <Tile label={t('Checks')} value={formatNumber(total.checks)} />
        <Tile label={t('Identity proven')} value={formatNumber(total.endings.approved)} />
        <Tile label={t('Not verified')} value={formatNumber(notVerified(total))} />
        <Tile label={t('Expired')} value={formatNumber(total.endings.expired)} />
        <Tile label={t('Median time to proof')} value={spokenMs(total.toVerified.median)} />
        <Tile label={t('Nine in ten proven within')} value={spokenMs(total.toVerified.p90)} />
      </dl>
      {total.checks === 0 ? (
        <p className="nothing muted">{t('No checks started in this period.')}</p>
      ) : (
        <>
          <div className="two-cards stack align-start gap-4">
            <EndingsTable total={total} />
            <TimesTable {...total} />
          </div>
          <section className="card" aria-labelledby="split">
            <header>
              <h2 id="split">{t(splitNamed(by).heading)}</h2>
              <SegmentedControl
                aria-label={t('Split by')}
                size="xs"
                data={labelled(splits)}
                value={chosen}
                onChange={onSplit}
              />
            </header>
            <GroupsTable groups={result} by={by} />
            {hasMore && (
              <p className="note">{t('Only the 500 largest are shown. The export has all checks.')}</p>
            )}
          </section>
        </>
      )}
    </>
  )
}

function Trouble({ error, retry }: { error: Error; retry(): void }) {
  if (error instanceof ApiError && error.code === 403) {
    return (
      <Notice tone="bad" title={t('The numbers are for leads.')}>
        {t('Ask an administrator for the role “agent-lead”.')}
      </Notice>
    )
  }
  return (
    <Notice tone="bad" title={t('The numbers could not be read.')} onRetry={retry}>
      {problemText(error)}
    </Notice>
  )
}
