import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const documentSchema = z.record(z.string(), z.json())

/** An OAuth2 client without its secret. `revision` is its ETag. */
export type StoredApplication = { id: string; document: JsonObject; revision: string }

function applicationsPath(realm: string): string {
  return `${realmPath(realm)}/realm-config/agents/OAuth2Client`
}

/** Sorted by id. Source: the vendor's `realm-config/agents/OAuth2Client`. */
export async function listApplications(realm: string, signal?: AbortSignal): Promise<StoredApplication[]> {
  const { result } = await request(z.object({ result: z.array(documentSchema) }), applicationsPath(realm), {
    query: { _queryFilter: true },
    signal,
  })
  return result.map(toStored).toSorted((one, other) => one.id.localeCompare(other.id))
}

/** @throws ApiError 404. */
export async function readApplication(
  realm: string,
  id: string,
  signal?: AbortSignal,
): Promise<StoredApplication> {
  const path = `${applicationsPath(realm)}/${encodeURIComponent(id)}`
  return toStored(await request(documentSchema, path, { signal }))
}

/**
 * Saves a client. A document without a secret keeps the stored one.
 * @param revision of the client that was read; undefined creates a client.
 * @throws ApiError 412 after a concurrent change, 400 for an invalid document.
 */
export async function saveApplication(
  realm: string,
  id: string,
  document: JsonObject,
  revision: string | undefined,
): Promise<StoredApplication> {
  const headers: Record<string, string> =
    revision === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }
  const path = `${applicationsPath(realm)}/${encodeURIComponent(id)}`
  return toStored(await request(documentSchema, path, { method: 'PUT', body: document, headers }))
}

export async function removeApplication(realm: string, id: string): Promise<void> {
  await request(z.unknown(), `${applicationsPath(realm)}/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

function toStored({ _id, _rev, _type, ...document }: z.infer<typeof documentSchema>): StoredApplication {
  return { id: String(_id), document, revision: String(_rev) }
}
