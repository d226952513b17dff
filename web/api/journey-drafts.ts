import type { AnswerOf, ItemOf } from '../../contract/endpoint.ts'
import {
  compareDraft as compareEndpoint,
  discardDraft as discardEndpoint,
  listDrafts as listEndpoint,
  publishDraft as publishEndpoint,
  readDraft as readEndpoint,
  saveDraft as saveEndpoint,
} from '../../contract/journey-drafts.ts'
import { exchangeJourneys } from '../../contract/journeys.ts'
import { callAction, callEndpoint } from './endpoint.ts'
import type { JourneyParts, StoredJourney } from './journey-document.ts'

/** The draft of a journey and the published journey; at least one of them exists. */
export type WorkingCopy = AnswerOf<typeof readEndpoint>
/** What publishing a draft changes, in words, and why it can't be published yet. */
export type DraftDifferences = AnswerOf<typeof compareEndpoint>
export type DraftRow = ItemOf<typeof listEndpoint>

export async function listDrafts(realm: string, signal?: AbortSignal): Promise<DraftRow[]> {
  return (await callEndpoint(listEndpoint, { realm, signal })).result
}

/** @throws ApiError 404 when there is neither a draft nor a journey. */
export function readWorkingCopy(realm: string, name: string, signal?: AbortSignal): Promise<WorkingCopy> {
  return callEndpoint(readEndpoint, { realm, name, signal })
}

/** What the stored draft must be when it is saved. */
export type DraftPrecondition = {
  /** Undefined: there is no draft. */
  revision: string | undefined
  /**
   * The revision of the published journey that the draft includes; null: the journey was never published. Undefined: the draft
   * stays based on what it was.
   */
  base: string | null | undefined
}

/** @throws ApiError 412 after a concurrent save, 404 when the journey was deleted. */
export function saveDraft(
  realm: string,
  { tree, nodes, innerNodes }: JourneyParts,
  { revision, base }: DraftPrecondition,
): Promise<WorkingCopy> {
  return callEndpoint(saveEndpoint, {
    realm,
    name: tree._id,
    body: { tree, nodes, innerNodes, base },
    headers: revision === undefined ? { 'if-none-match': '*' } : ifMatch(revision),
  })
}

/** Discards a draft. The published journey stays. */
export async function discardDraft(realm: string, name: string, revision: string): Promise<void> {
  await callEndpoint(discardEndpoint, { realm, name, headers: ifMatch(revision) })
}

/**
 * Makes a draft the published journey.
 * @param note the reason, for the history; empty for none.
 * @throws ApiError 412 after a concurrent change, 400 with `detail.problems` for an unfinished draft.
 */
export function publishDraft(
  realm: string,
  name: string,
  revision: string,
  note: string,
): Promise<StoredJourney> {
  const reason = note.trim()
  const headers: Record<string, string> = ifMatch(revision)
  if (reason !== '') headers['sidegate-note'] = encodeURIComponent(reason)
  return callAction(publishEndpoint, 'publish', { realm, name, headers })
}

export function compareDraft(realm: string, name: string, signal?: AbortSignal): Promise<DraftDifferences> {
  return callEndpoint(compareEndpoint, { realm, name, signal })
}

/** The differences between two states of a journey, one line each. */
export async function compareJourneys(
  realm: string,
  before: JourneyParts,
  after: JourneyParts,
  signal?: AbortSignal,
): Promise<string[]> {
  const call = { realm, body: { before, after }, signal }
  const { differences, unknown } = await callAction(exchangeJourneys, 'compare', call)
  return [...differences, ...unknown].map(({ words }) => words)
}

function ifMatch(revision: string): Record<string, string> {
  return { 'if-match': `"${revision}"` }
}
