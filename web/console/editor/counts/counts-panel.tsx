import { formatNumber } from '../../../translate/translate.ts'
import './counts-panel.css'
import { CloseButton, SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Panel } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import {
  type CountPeriod,
  countPeriods,
  type JourneyCounts,
  readJourneyCounts,
} from '../../../api/journey-counts.ts'
import { timeInText } from '../../components/relative-time.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { type CanvasCounts, canvasCounts, shareText } from '../model/canvas-counts.ts'

const periodNames: Readonly<Record<CountPeriod, string>> = {
  hour: 'Last hour',
  day: 'Last 24 hours',
  month: 'Last 30 days',
}

/** Milliseconds. */
const refreshInterval = 10_000

/** Chooses which sign-ins the canvas counts, and sums them up. */
export function CountsPanel() {
  const isShown = useEditor(({ isCountsShown }) => isCountsShown)
  return isShown ? <OpenPanel /> : null
}

function OpenPanel() {
  const store = useEditorStore()
  const [period, setPeriod] = useState<CountPeriod>('day')
  const [chosen, setChosen] = useState<number | 'all'>()
  const version = chosen === 'all' ? undefined : chosen
  const { data, error } = useCounts(period, version)
  const newest = data !== undefined && data.versions.length > 1 ? data.versions[0]?.number : undefined
  useEffect(() => {
    if (chosen === undefined && typeof newest === 'number') setChosen(newest)
  }, [chosen, newest])
  const counts = useEditor((state) => state.counts)
  return (
    <Panel position="top-left" className="counts-panel panel row wrap gap-2" aria-label="Traffic">
      <SegmentedControl
        size="xs"
        aria-label="Period"
        value={period}
        onChange={(chosen) => setPeriod(countPeriods.find((each) => each === chosen) ?? 'day')}
        data={countPeriods.map((value) => ({ value, label: periodNames[value] }))}
      />
      {data !== undefined && <VersionChoice data={data} value={version} onChange={setChosen} />}
      <CloseButton size="sm" aria-label="Hide traffic" onClick={() => store.getState().showCounts(false)} />
      <p className="fine" role="status">
        {error !== null
          ? 'The counts could not be read. They are read again in a moment.'
          : summaryOf(counts)}
      </p>
    </Panel>
  )
}

function useCounts(period: CountPeriod, version: number | undefined) {
  const store = useEditorStore()
  const realm = useEditor((state) => state.realm)
  const name = useEditor((state) => state.name)
  const draft = useDraft()
  const query = useQuery({
    queryKey: ['journey-counts', realm, name, period, version],
    queryFn: ({ signal }) => readJourneyCounts(realm, name, { period, version }, signal),
    refetchInterval: refreshInterval,
    staleTime: 0,
  })
  const { data } = query
  const counts = useMemo(
    () => data && canvasCounts(data, draft, version !== undefined || data.versions.length < 2),
    [data, draft, version],
  )
  useEffect(() => {
    store.getState().setCounts(counts)
    return () => store.getState().setCounts(undefined)
  }, [store, counts])
  return query
}

type ChoiceProps = {
  data: JourneyCounts
  value: number | undefined
  onChange(version: number | 'all'): void
}

function VersionChoice({ data, value, onChange }: ChoiceProps) {
  const versions = data.versions.flatMap(({ number, savedAt, savedBy }) => {
    if (number === null) return []
    const time = savedAt === null ? '' : ` of ${timeInText(savedAt)}`
    return [{ value: String(number), label: `Version${time}${savedBy === null ? '' : `, ${savedBy}`}` }]
  })
  if (versions.length < 2 && value === undefined) return null
  return (
    <Select
      size="xs"
      aria-label="Version"
      allowDeselect={false}
      value={value === undefined ? 'all' : String(value)}
      onChange={(chosen) => onChange(chosen === null || chosen === 'all' ? 'all' : Number(chosen))}
      data={[{ value: 'all', label: 'All versions' }, ...versions]}
    />
  )
}

function summaryOf(counts: CanvasCounts | undefined): string {
  if (counts === undefined) return 'Counting…'
  const { starts, succeeded, failed } = counts
  if (starts === 0) return 'No sign-in started this journey in this period.'
  const open = Math.max(0, starts - succeeded - failed)
  const started = starts === 1 ? '1 started' : `${formatNumber(starts)} started`
  return [
    started,
    `${shareText(succeeded / starts)} succeeded`,
    `${shareText(failed / starts)} failed`,
    `${shareText(open / starts)} did not finish`,
  ].join(' · ')
}
