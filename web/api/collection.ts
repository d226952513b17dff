import * as z from 'zod/mini'
import type { Collection } from '../../contract/collection.ts'
import { endpointPath } from './endpoint.ts'
import type { JsonObject } from './json.ts'
import { request } from './request.ts'
import { noteHeader } from './save-note.ts'

/** A resource. `revision` is its ETag. */
export type Stored<Document extends JsonObject = JsonObject> = {
  id: string
  document: Document
  revision: string
}

/** How pages read and write the resources of one kind. Those of the whole server ignore the realm. */
export type Resources<Thing extends Stored = Stored> = {
  /** Begins the keys of cached answers. */
  name: string
  list(realm: string, signal?: AbortSignal): Promise<readonly Thing[]>
  /** @throws ApiError 404. */
  read(realm: string, id: string, signal?: AbortSignal): Promise<Thing>
  /**
   * @param revision of the resource that was read; undefined creates one
   * @param note the reason for the change, for kinds with a history
   * @throws ApiError 412 after a concurrent change, 400 for an invalid document.
   */
  save(
    realm: string,
    id: string,
    document: JsonObject,
    revision: string | undefined,
    note?: string,
  ): Promise<Thing>
  /** @param revision of the resource that was read. @throws ApiError 412 after a concurrent change. */
  remove(realm: string, id: string, revision?: string): Promise<unknown>
}

type Forms<Answer, Document extends JsonObject> = {
  /** What pages edit, of an answer without `_id`, `_rev` and `_type`. */
  toDocument(answer: Answer): Document
  /** The body that saves a document. Default: the document. */
  toBody?(document: JsonObject): JsonObject
  /** The order of lists. Default: by id. */
  compare?(one: Stored<Document>, other: Stored<Document>): number
}

/** The calls of a collection of the contract. */
export function client<
  Item extends z.ZodMiniType<{ _id: string; _rev: string }>,
  Document extends JsonObject,
>(
  name: string,
  { path, item, list, read }: Collection<string, Item>,
  { toDocument, toBody = (document) => document, compare = byId }: Forms<z.output<Item>, Document>,
): Resources<Stored<Document>> {
  const toStored = (answer: z.output<Item>): Stored<Document> => ({
    id: answer._id,
    document: toDocument(answer),
    revision: answer._rev,
  })
  const one = (realm: string, id: string) => endpointPath(read, { realm, id })
  return {
    name,
    async list(realm, signal) {
      const query = { _queryFilter: 'true' }
      const { result } = await request(list.answer(), endpointPath({ path }, { realm }), { query, signal })
      return result.map(toStored).toSorted(compare)
    },
    read: async (realm, id, signal) => toStored(await request(item(), one(realm, id), { signal })),
    async save(realm, id, document, revision, note = '') {
      const headers = { ...expected(revision), ...noteHeader(note) }
      const body = toBody(document)
      return toStored(await request(item(), one(realm, id), { method: 'PUT', body, headers }))
    },
    async remove(realm, id, revision) {
      const headers = revision === undefined ? undefined : expected(revision)
      await request(z.unknown(), one(realm, id), { method: 'DELETE', headers })
    },
  }
}

/** The headers of a write that replaces this revision, or creates the resource. */
export function expected(revision: string | undefined): Record<string, string> {
  return revision === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }
}

function byId(one: Stored, other: Stored): number {
  return one.id.localeCompare(other.id)
}
