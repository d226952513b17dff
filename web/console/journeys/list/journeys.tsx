import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { type JourneyRow, listJourneys } from '../../../api/journeys.ts'
import { OfflineError } from '../../../api/request.ts'
import { Empty } from '../../components/empty-state.tsx'
import { Trouble } from '../../components/error-notice.tsx'
import type { Handlers } from '../actions/journey-action.ts'
import { Bones } from './bones.tsx'
import { filtered } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { JourneyTable } from './journey-table.tsx'
import { PickedBar } from './picked-bar.tsx'
import { RetryNote, retryMilliseconds } from './retry-note.tsx'
import { useFilter } from './use-filter.ts'

type Given = { realm: string; handlers: Handlers; empty: ReactNode }

/** The list of journeys, in every state that it has. */
export function Journeys({ realm, handlers, empty }: Given) {
  const journeys = useQuery({
    queryKey: ['journeys', realm],
    queryFn: ({ signal }) => listJourneys(realm, signal),
    refetchInterval: ({ state }) => (state.error instanceof OfflineError ? retryMilliseconds : false),
  })
  const { data, error } = journeys
  return (
    <>
      {error !== null && (
        <div className="journeys-trouble">
          <Trouble
            what={
              data === undefined
                ? 'The journeys could not be read'
                : `This list is from ${timeOf(journeys.dataUpdatedAt)} and may be old`
            }
            error={error}
            onRetry={journeys.refetch}
          />
          {error instanceof OfflineError && <RetryNote from={journeys.errorUpdatedAt} />}
        </div>
      )}
      {journeys.isLoading && <Bones />}
      {data?.length === 0 && (
        <Empty title="No journeys in this realm" act={<div className="empty-acts">{empty}</div>}>
          A journey is the path that a person walks to prove who they are. Import one that you have, or begin
          a new one.
        </Empty>
      )}
      {data !== undefined && data.length > 0 && <Listed rows={data} realm={realm} handlers={handlers} />}
    </>
  )
}

function Listed({
  rows,
  realm,
  handlers,
}: {
  rows: readonly JourneyRow[]
  realm: string
  handlers: Handlers
}) {
  const [filter, change] = useFilter()
  const [find, setFind] = useState(filter.find ?? '')
  const wanted = useDeferredValue(find)
  const { category, state, order } = filter
  const shown = useMemo(
    () => filtered(rows, { find: wanted, category, state, order }),
    [rows, wanted, category, state, order],
  )
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const names = rows.map(({ _id }) => _id).filter((name) => picked.has(name))
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
        <PickedBar names={names} handlers={handlers} onClear={() => setPicked(new Set())} />
      )}
      {shown.length === 0 ? (
        <p className="no-journey">No journey fits. Change the words or the filters.</p>
      ) : (
        <JourneyTable rows={shown} realm={realm} handlers={handlers} picked={picked} onPick={setPicked} />
      )}
    </>
  )
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}
