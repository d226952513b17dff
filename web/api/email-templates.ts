import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { request } from './request.ts'
import { noteHeader } from './save-note.ts'

const documentSchema = z.record(z.string(), z.json())

/** `revision` is the template's ETag. */
export type StoredTemplate = { name: string; document: JsonObject; revision: string }

const prefix = 'emailTemplate/'

/** Sorted by name. Source: `docs/operations-wire.md`, "Realm". */
export async function listTemplates(realm: string, signal?: AbortSignal): Promise<StoredTemplate[]> {
  const { result } = await request(z.object({ result: z.array(documentSchema) }), '/openidm/config', {
    query: { _queryFilter: `_id sw "${prefix}"`, realm },
    signal,
  })
  return result.map(toStored).toSorted((one, other) => one.name.localeCompare(other.name))
}

/** @throws ApiError 404. */
export async function readTemplate(
  realm: string,
  name: string,
  signal?: AbortSignal,
): Promise<StoredTemplate> {
  return toStored(await request(documentSchema, templatePath(name), { query: { realm }, signal }))
}

/** @param revision of the template that was read; undefined creates one. @throws ApiError 412 after a concurrent change. */
export async function saveTemplate(
  realm: string,
  name: string,
  document: JsonObject,
  revision: string | undefined,
  note = '',
): Promise<StoredTemplate> {
  const headers: Record<string, string> =
    revision === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }
  return toStored(
    await request(documentSchema, templatePath(name), {
      method: 'PUT',
      query: { realm },
      body: document,
      headers: { ...headers, ...noteHeader(note) },
    }),
  )
}

export async function removeTemplate(realm: string, name: string): Promise<void> {
  await request(z.unknown(), templatePath(name), { method: 'DELETE', query: { realm } })
}

function templatePath(name: string): string {
  return `/openidm/config/emailTemplate/${encodeURIComponent(name)}`
}

function toStored({ _id, _rev, ...document }: z.infer<typeof documentSchema>): StoredTemplate {
  return { name: String(_id).slice(prefix.length), document, revision: String(_rev) }
}
