import type { AnswerOf, ItemOf } from '../../contract/endpoint.ts'
import {
  listJourneySessions,
  readJourneySession,
  watchRun as watchEndpoint,
} from '../../contract/journey-sessions.ts'
import { callAction, callEndpoint } from './endpoint.ts'

/** Permission to record the next run of a journey with its state values. `key` is a secret; `watch` is its id. */
export type Watch = AnswerOf<typeof watchEndpoint.actions.watch>
/** A run with the steps of its nodes. */
export type Run = AnswerOf<typeof readJourneySession>
export type RunSummary = ItemOf<typeof listJourneySessions>
/** One execution of a node. The last of `journeys` is the node's own. */
export type RunStep = Run['steps'][number]
export type StateWrite = RunStep['writes'][number]

export function watchRun(realm: string, journey: string): Promise<Watch> {
  return callAction(watchEndpoint, 'watch', { realm, body: { journey } })
}

/** Newest first; optionally only the runs of a journey or a watch. */
export async function listRuns(
  realm: string,
  query: { journey?: string; watch?: string } = {},
  signal?: AbortSignal,
): Promise<RunSummary[]> {
  const { result } = await callEndpoint(listJourneySessions, { realm, query, signal })
  return result
}

/** @throws ApiError 404 when the run has been deleted. */
export function readRun(realm: string, id: string, signal?: AbortSignal): Promise<Run> {
  return callEndpoint(readJourneySession, { realm, id, signal })
}
