import type { AnswerOf, ValueOf } from '../../contract/endpoint.ts'
import {
  exchangeJourneys,
  readJourney as readEndpoint,
  saveJourney as saveEndpoint,
} from '../../contract/journeys.ts'
import { callAction, callEndpoint } from './endpoint.ts'
import type { Json } from './json.ts'

/** A position on the canvas, in pixels at 100 %. */
export type Point = { x: number; y: number }
/** A stored journey with its last save and its lint findings. */
export type StoredJourney = AnswerOf<typeof readEndpoint>
/** A journey in the shape of the vendor's exports. `innerNodes` are the nodes inside page nodes. */
export type JourneyParts = ValueOf<typeof saveEndpoint.body>
/** Reads journeys from places other than the server. */
export const journeyPartsSchema = saveEndpoint.body()
export type TreeNode = JourneyParts['tree']['nodes'][string]
/** Includes `_id`, `_type` and `_outcomes`. */
export type NodeSettings = Record<string, Json>
export type Finding = StoredJourney['_findings'][number]

/** @throws ApiError 404 when the journey doesn't exist. */
export function readJourney(realm: string, name: string, signal?: AbortSignal): Promise<StoredJourney> {
  return callEndpoint(readEndpoint, { realm, name, signal })
}

/** Precondition of a save: the revision is still current, or no journey has the name. */
export type Precondition = { revision: string } | 'is-new'

/**
 * Saves a journey with all its nodes, all or nothing.
 * @throws ApiError 412 after a concurrent save, 400 with `detail.problems` for invalid nodes.
 */
export function saveJourney(
  realm: string,
  { tree, nodes, innerNodes }: JourneyParts,
  when: Precondition,
): Promise<StoredJourney> {
  return callEndpoint(saveEndpoint, {
    realm,
    name: tree._id,
    body: { tree, nodes, innerNodes },
    headers: when === 'is-new' ? { 'if-none-match': '*' } : { 'if-match': `"${when.revision}"` },
  })
}

/** Findings for an unsaved journey, most severe first. */
export async function lintDraft(
  realm: string,
  { tree, nodes, innerNodes }: JourneyParts,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const call = { realm, body: { tree, nodes, innerNodes }, signal }
  return (await callAction(exchangeJourneys, 'lint', call)).result
}
