import { Button, Skeleton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { type JourneyRow, listJourneysAndDrafts } from '../../../api/journeys.ts'
import { OfflineError } from '../../../api/request.ts'
import { secondsLeft, shortTime } from '../../../check-model/times.ts'
import { useNow } from '../../../design/use-now.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import type { ActionHandlers } from '../actions/journey-action.ts'
import type { Filter } from './filter.ts'
import { filtered } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { JourneyTable } from './journey-table.tsx'

type Props = { realm: string; handlers: ActionHandlers; empty: ReactNode }

/** The list of journeys, with its loading, error and empty states. */
export function Journeys({ realm, handlers, empty }: Props) {
  const journeys = useQuery({
    queryKey: ['journeys', realm],
    queryFn: ({ signal }) => listJourneysAndDrafts(realm, signal),
    refetchInterval: ({ state }) => (state.error instanceof OfflineError ? retryMilliseconds : false),
  })
  const { data, error } = journeys
  return (
    <>
      {error !== null && (
        <div className="below-4">
          <ErrorNotice
            title={
              data === undefined
                ? 'The journeys could not be read'
                : `This list is from ${shortTime(journeys.dataUpdatedAt)} and may be out of date`
            }
            error={error}
            onRetry={journeys.refetch}
          />
          {error instanceof OfflineError && <RetryNote from={journeys.errorUpdatedAt} />}
        </div>
      )}
      {journeys.isLoading && <ListSkeleton />}
      {data?.length === 0 && (
        <EmptyState
          title="No journeys in this realm"
          action={<div className="empty-acts wrap gap-2">{empty}</div>}
        >
          A journey is a series of steps in which people prove who they are. Import a journey or create a new
          one.
        </EmptyState>
      )}
      {data !== undefined && data.length > 0 && (
        <FilteredList rows={data} realm={realm} handlers={handlers} />
      )}
    </>
  )
}

function FilteredList({
  rows,
  realm,
  handlers,
}: {
  rows: readonly JourneyRow[]
  realm: string
  handlers: ActionHandlers
}) {
  const [filter, change] = useFilter()
  const [find, setFind] = useState(filter.find ?? '')
  const deferredFind = useDeferredValue(find)
  const { category, state, order } = filter
  const shown = useMemo(
    () => filtered(rows, { find: deferredFind, category, state, order }),
    [rows, deferredFind, category, state, order],
  )
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const names = rows.flatMap(({ _id, draft }) => (draft !== 'new' && picked.has(_id) ? [_id] : []))
  return (
    <>
      <FilterBar
        rows={rows}
        filter={{ ...filter, find }}
        onChange={(part) => {
          if (part.find !== undefined) setFind(part.find)
          change(part.find === '' ? { ...part, find: undefined } : part)
        }}
      />
      <p className="spoken" role="status">
        {shown.length} of {rows.length} journeys
      </p>
      {names.length > 0 && (
        <SelectionBar names={names} handlers={handlers} onClear={() => setPicked(new Set())} />
      )}
      {shown.length === 0 ? (
        <p className="no-journey muted text-center">
          No matching journeys. Change the search or the filters.
        </p>
      ) : (
        <JourneyTable rows={shown} realm={realm} handlers={handlers} picked={picked} onPick={setPicked} />
      )}
    </>
  )
}

type SelectionBarProps = { names: readonly string[]; handlers: ActionHandlers; onClear(): void }

/** Actions on the selected journeys. */
function SelectionBar({ names, handlers, onClear }: SelectionBarProps) {
  return (
    <section
      className="picked-bar callout accent row wrap gap-2 below-3 text-note"
      aria-label="Selected journeys"
    >
      <p role="status">{names.length} selected</p>
      <Button
        size="xs"
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => handlers.export(names, 'multi')}
      >
        Export {names.length === 1 ? 'journey' : `${names.length} journeys`}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  )
}

const retryMilliseconds = 10_000

/** Countdown to the next attempt. Hidden from screen readers, which would announce every second. */
function RetryNote({ from }: { from: number }) {
  const seconds = secondsLeft(from + retryMilliseconds, useNow())
  return (
    <p className="figures fine above-1" aria-hidden>
      {seconds === 0 ? 'Trying again' : `Trying again in ${seconds} s`}
    </p>
  )
}

const route = getRouteApi('/journeys')

/** The filter from the URL, so that the list looks the same after returning from a journey. */
function useFilter(): [Filter, (part: Filter) => void] {
  const filter = route.useSearch()
  const navigate = route.useNavigate()
  return [filter, (part) => navigate({ search: (old) => ({ ...old, ...part }), replace: true })]
}

const widths = [234, 186, 120, 165, 144]

/** Placeholder rows while loading. */
function ListSkeleton() {
  return (
    <div className="journey-skeleton panel" role="status" aria-busy="true" aria-label="Loading journeys">
      {widths.map((width) => (
        <div key={width}>
          <Skeleton width={108} height={32} />
          <div>
            <Skeleton width={width} height={12} />
            <Skeleton width={`min(100%, ${width * 1.4}px)`} height={10} mt={9} />
          </div>
        </div>
      ))}
    </div>
  )
}
