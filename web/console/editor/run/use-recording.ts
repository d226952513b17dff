import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { listRuns, type Run, readRun } from '../../../api/runs.ts'
import { useRunStore } from './run-context.tsx'

/** In milliseconds, while a run is in progress. */
const pace = 2_000

/** Loads the recorded run after each response to its client. */
export function useRecording(realm: string, watch: string | undefined, turn: number): void {
  const store = useRunStore()
  const { data } = useQuery({
    queryKey: ['watched-run', realm, watch, turn],
    queryFn: ({ signal }) => watchedRun(realm, watch ?? '', signal),
    enabled: watch !== undefined && turn > 0,
    gcTime: 0,
  })
  useEffect(() => {
    if (watch === undefined) store.getState().clear()
  }, [store, watch])
  useEffect(() => {
    if (data != null) store.getState().setRun(data)
  }, [store, data])
}

async function watchedRun(realm: string, watch: string, signal: AbortSignal): Promise<Run | null> {
  const [summary] = await listRuns(realm, { watch }, signal)
  return summary === undefined ? null : readRun(realm, summary._id, signal)
}

/** A run by id. Polls while it is in progress. */
export function useStoredRun(realm: string, id: string) {
  return useQuery({
    queryKey: ['run', realm, id],
    queryFn: ({ signal }) => readRun(realm, id, signal),
    refetchInterval: (query) => (query.state.data?.outcome === 'underway' ? pace : false),
  })
}
