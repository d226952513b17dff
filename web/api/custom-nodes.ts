import * as z from 'zod/mini'
import { request } from './request.ts'
import { noteHeader } from './save-note.ts'

const propertySchema = z.looseObject({
  title: z._default(z.string(), ''),
  description: z._default(z.nullable(z.string()), ''),
  type: z.string(),
  required: z._default(z.boolean(), false),
  multivalued: z._default(z.boolean(), false),
  defaultValue: z.optional(z.json()),
  options: z.optional(z.nullable(z.record(z.string(), z.string()))),
})

const customNodeSchema = z.looseObject({
  _id: z.string(),
  _rev: z._default(z.string(), ''),
  serviceName: z.string(),
  version: z._default(z.number(), 1),
  displayName: z.string(),
  description: z._default(z.nullable(z.string()), ''),
  outcomes: z._default(z.array(z.string()), []),
  errorOutcome: z._default(z.boolean(), false),
  inputs: z._default(z.array(z.string()), []),
  outputs: z._default(z.array(z.string()), []),
  tags: z._default(z.array(z.string()), []),
  script: z._default(z.string(), ''),
  properties: z._default(z.record(z.string(), propertySchema), {}),
})

export type CustomNodeProperty = z.infer<typeof propertySchema>
/** A node type created by an administrator. Shared by all realms. */
export type CustomNode = z.infer<typeof customNodeSchema>

const path = '/am/json/node-designer/node-type'
const listSchema = z.object({ result: z.array(customNodeSchema) })

/** Sorted by name. */
export async function listCustomNodes(signal?: AbortSignal): Promise<CustomNode[]> {
  const { result } = await request(listSchema, path, { query: { _queryFilter: true }, signal })
  return result.toSorted((a, b) => a.displayName.localeCompare(b.displayName))
}

export function readCustomNode(id: string, signal?: AbortSignal): Promise<CustomNode> {
  return request(customNodeSchema, `${path}/${encodeURIComponent(id)}`, { signal })
}

/** @throws Error if it is not a node type. */
export function parseCustomNode(document: unknown): CustomNode {
  return z.parse(customNodeSchema, document)
}

/** Without an `_id`, saving creates the type. */
export type CustomNodeDraft = Omit<CustomNode, '_id' | '_rev'> & { _id?: string | undefined }

/** @param revision of the stored type. @throws ApiError 409 when the name is taken, 412 after a concurrent change. */
export function saveCustomNode(
  { _id, ...body }: CustomNodeDraft,
  revision: string,
  note: string,
): Promise<CustomNode> {
  const headers = noteHeader(note)
  if (_id === undefined) {
    return request(customNodeSchema, path, { method: 'POST', query: { _action: 'create' }, body, headers })
  }
  return request(customNodeSchema, `${path}/${encodeURIComponent(_id)}`, {
    method: 'PUT',
    body,
    headers: { ...headers, 'if-match': `"${revision}"` },
  })
}

/** @throws ApiError 409 while journeys use the type; the message names them. 412 if it changed since it was read. */
export async function removeCustomNode({ _id, _rev }: CustomNode): Promise<void> {
  const headers = { 'if-match': `"${_rev}"` }
  await request(z.unknown(), `${path}/${encodeURIComponent(_id)}`, { method: 'DELETE', headers })
}

const usageSchema = z.record(z.string(), z.record(z.string(), z.unknown()))

/** Journeys of all realms that have nodes of the type. */
export async function listJourneysUsing(
  id: string,
  signal?: AbortSignal,
): Promise<{ realm: string; journey: string }[]> {
  const usage = await request(usageSchema, `${path}/${encodeURIComponent(id)}`, {
    method: 'POST',
    query: { _action: 'journeys' },
    body: {},
    signal,
  })
  return Object.entries(usage).flatMap(([realm, journeys]) =>
    Object.keys(journeys).map((journey) => ({ realm, journey })),
  )
}

/** Exports types in the vendor's format. */
export function exportCustomNodes(ids: readonly string[]): Promise<unknown> {
  return request(z.unknown(), path, {
    method: 'POST',
    query: { _action: 'export', selected: ids.join(',') },
    body: {},
  })
}

const importedSchema = z.object({ imported: z.array(z.string()) })

/** All or nothing. @throws ApiError 409 when one of the types exists. */
export async function importCustomNodes(file: unknown): Promise<string[]> {
  const { imported } = await request(importedSchema, path, {
    method: 'POST',
    query: { _action: 'import' },
    body: file,
  })
  return imported
}
