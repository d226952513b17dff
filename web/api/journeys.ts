import * as z from 'zod/mini'
import type { ItemOf } from '../../contract/endpoint.ts'
import {
  copyJourney,
  listJourneys as listEndpoint,
  listUsages,
  removeJourney as removeEndpoint,
} from '../../contract/journeys.ts'
import { callAction, callEndpoint } from './endpoint.ts'
import { readJourney, saveJourney } from './journey-document.ts'
import { listDrafts } from './journey-drafts.ts'
import { realmPath } from './realm-path.ts'
import { ApiError, request } from './request.ts'

/** `_id` is the journey's name; `savedAt` is epoch milliseconds. */
export type JourneyRow = ItemOf<typeof listEndpoint> & {
  /** `new`: it was never published, and the row shows its draft. */
  draft?: 'new' | 'changes' | undefined
}
/** A journey's nodes with their positions in canvas pixels and their connections. */
export type JourneyPicture = Pick<JourneyRow['picture'], 'entryNodeId' | 'nodes'>
/** A node of another journey, or a realm setting, that uses the journey. */
export type Usage = ItemOf<typeof listUsages>

async function listJourneys(realm: string, signal?: AbortSignal): Promise<JourneyRow[]> {
  return (await callEndpoint(listEndpoint, { realm, query: { _queryFilter: 'true' }, signal })).result
}

/** The published journeys, and drafts of journeys that were never published. */
export async function listJourneysAndDrafts(realm: string, signal?: AbortSignal): Promise<JourneyRow[]> {
  const [published, drafts] = await Promise.all([listJourneys(realm, signal), listDrafts(realm, signal)])
  const drafted = new Set(drafts.map(({ _id }) => _id))
  const names = new Set(published.map(({ _id }) => _id))
  return [
    ...published.map((row) => ({ ...row, draft: drafted.has(row._id) ? ('changes' as const) : undefined })),
    ...drafts.filter(({ _id }) => !names.has(_id)).map((row) => ({ ...row, draft: 'new' as const })),
  ]
}

/** Copies a journey with new node ids. @throws ApiError 409 when the name is taken. */
export async function duplicateJourney(realm: string, name: string, copy: string): Promise<void> {
  await callAction(copyJourney, 'duplicate', { realm, name, body: { name: copy } })
}

export async function journeyUsages(realm: string, name: string, signal?: AbortSignal): Promise<Usage[]> {
  return (await callEndpoint(listUsages, { realm, name, signal })).result
}

/**
 * Deletes a journey and its nodes.
 * @param isForced deletes it even if other journeys use it; those then fail.
 * @throws ApiError 409 while the journey is used, 412 after a concurrent save, 404 when it doesn't exist.
 */
export async function removeJourney(
  realm: string,
  { _id, _rev }: Pick<JourneyRow, '_id' | '_rev'>,
  isForced: boolean,
): Promise<void> {
  const query = { force: isForced ? ('true' as const) : undefined }
  await callEndpoint(removeEndpoint, { realm, name: _id, query, headers: { 'if-match': `"${_rev}"` } })
}

/** Enables or disables a journey. Retries once after a concurrent save, so that save is not lost. */
export async function setJourneyEnabled(realm: string, name: string, enabled: boolean): Promise<void> {
  const attempt = async () => {
    const { _rev: revision, tree, ...rest } = await readJourney(realm, name)
    await saveJourney(realm, { ...rest, tree: { ...tree, enabled } }, { revision })
  }
  try {
    await attempt()
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 412) throw error
    await attempt()
  }
}

/** The default journey runs when a request names none. */
export async function makeDefaultJourney(realm: string, name: string): Promise<void> {
  await request(z.unknown(), `${realmPath(realm)}/realm-config/settings`, {
    method: 'PUT',
    body: { defaultJourney: name },
  })
}
