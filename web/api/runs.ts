import * as z from 'zod/mini'
import type { AnswerOf, ItemOf, ValueOf } from '../../contract/endpoint.ts'
import {
  continueAsCaller as continueEndpoint,
  listJourneySessions,
  readJourneySession,
  userAgentSchema,
  watchRun as watchEndpoint,
} from '../../contract/journey-sessions.ts'
import { callAction, callEndpoint } from './endpoint.ts'

/** Permission to record the next run of a journey with its state values. `key` is a secret; `watch` is its id. */
export type Watch = AnswerOf<typeof watchEndpoint.actions.watch>
/** Permission to run the caller's journey, and to record it. `transaction` is a secret. */
export type CallersRun = AnswerOf<typeof continueEndpoint.actions.continueAsCaller>
/** A run with the steps of its nodes. */
export type Run = AnswerOf<typeof readJourneySession>
export type RunSummary = ItemOf<typeof listJourneySessions>
/** One execution of a node. The last of `journeys` is the node's own. */
export type RunStep = Run['steps'][number]
export type StateWrite = RunStep['writes'][number]

/** What the server would say to a user agent; undefined if it accepts it. */
export function userAgentProblem(userAgent: string): string | undefined {
  return z.safeParse(userAgentSchema(), userAgent).error?.issues[0]?.message
}

/** `draft`: whether the key starts the draft of the journey. `userAgent`: what the run sees; default: that of each request. */
export function watchRun(
  realm: string,
  body: { journey: string; draft: boolean; userAgent: string | undefined },
): Promise<Watch> {
  return callAction(watchEndpoint, 'watch', { realm, body })
}

/**
 * The caller's side of the transaction that a watched run opened.
 * @throws ApiError 403 unless this session started the run, 404 if the run has no open transaction.
 */
export function continueAsCaller(
  realm: string,
  id: string,
  userAgent: string | undefined,
): Promise<CallersRun> {
  return callAction(continueEndpoint, 'continueAsCaller', { realm, id, body: { userAgent } })
}

/** An authenticate request of a run, to keep the run as a test. */
export type KeptRequest = ValueOf<typeof continueEndpoint.actions.keepAsTest.body>['requests'][number]
export type KeptTest = AnswerOf<typeof continueEndpoint.actions.keepAsTest>

/** Writes a watched run as a walk file, with its secrets named. @param requests all of the run, also of its caller. */
export function keepAsTest(realm: string, id: string, requests: KeptRequest[]): Promise<KeptTest> {
  return callAction(continueEndpoint, 'keepAsTest', { realm, id, body: { requests } })
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
