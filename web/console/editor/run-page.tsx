import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ApiError } from '../../api/request.ts'
import type { Run } from '../../api/runs.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { EditorSkeleton } from './editor-skeleton.tsx'
import { journeyOf } from './model/highlighted-path.ts'
import { RunProvider, useRun } from './run/run-context.tsx'
import { createRunStore } from './run/run-store.ts'
import { StoredRun } from './run/stored-run.tsx'
import { useStoredRun } from './run/use-recording.ts'

/** A recorded run, on the canvas of its journey. */
export function RunPage() {
  const { id } = useParams({ from: '/runs/$id' })
  const { realm, node } = useSearch({ from: '/runs/$id' })
  return <LoadedRun key={`${realm} ${id}`} realm={realm} id={id} node={node} />
}

function LoadedRun({ realm, id, node }: { realm: string; id: string; node: string | undefined }) {
  const { data, error, refetch } = useStoredRun(realm, id)
  const [store] = useState(createRunStore)
  useEffect(() => {
    if (data !== undefined) store.getState().setRun(data)
  }, [store, data])
  const isLoaded = data !== undefined
  useEffect(() => {
    if (isLoaded && node !== undefined) store.getState().goToNode(node)
  }, [store, isLoaded, node])
  useEffect(() => {
    document.title = data === undefined ? 'Run · Sidegate' : `${data.journey} · Run · Sidegate`
  }, [data])
  if (data !== undefined) {
    return (
      <RunProvider store={store}>
        <RunOnCanvas realm={realm} run={data} />
      </RunProvider>
    )
  }
  if (error === null) return <EditorSkeleton isRun label="Opening the run" />
  return (
    <div className="page">
      <h1 className="spoken">Run</h1>
      {error instanceof ApiError && error.code === 404 ? (
        <EmptyState
          title="This run is no longer stored"
          action={
            <Link to="/journeys" search={{ realm }}>
              All journeys
            </Link>
          }
        >
          Runs are deleted some time after they end.
        </EmptyState>
      ) : (
        <ErrorNotice title="The run could not be opened" error={error} onRetry={refetch} />
      )}
    </div>
  )
}

/** The canvas shows the journey of the selected step, which may be an inner one. */
function RunOnCanvas({ realm, run }: { realm: string; run: Run }) {
  const step = useRun(({ steps, at }) => steps[at - 1])
  const journey = (step && journeyOf(step)) || run.journey
  return <StoredRun key={journey} realm={realm} run={run} journey={journey} />
}
