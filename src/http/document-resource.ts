import { defined } from '../base/defined.ts'
import { notFound, type RequestError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import type { SaveMark } from '../base/save-mark.ts'
import { resource } from '../crest/collection.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { checkedId, checkPreconditions, saved } from './configuration-resource.ts'
import type { StaffAccess } from './guards/rights.ts'
import { type MarkSources, saveMarkOf } from './journeys/save-mark.ts'
import { type Answer, bodyObject, type Call, param, type Resource, type Route } from './route.ts'

/** A collection of realm documents that are stored as received, and how clients read and write them. */
export type DocumentCollection = {
  documents: DocumentStore
  /** For kinds whose versions are kept. */
  marks?: MarkSources
  /** The kind in the document store. Several collections may share one. */
  kind: string
  /** Path of one document; its last parameter is the id. */
  path: string
  access: { read: StaffAccess; write: StaffAccess }
  resource: Resource
  actsOn?: Route['actsOn']
  summaries: { read: string; put: string; remove: string }
  /** The realm whose documents a call is about; by default the realm of its path. */
  realmOf?(call: Call): Promise<string>
  /** Whether a document of the kind belongs to this collection. */
  includes?(document: JsonObject, call: Call): boolean
  /** A stored document as clients see it, without its secrets. */
  toResource(id: string, document: JsonObject, call: Call): JsonObject
  /**
   * Creates the document to store.
   * @throws RequestError 400 for an invalid body.
   */
  toDocument(
    body: JsonObject,
    write: { id: string; existing: JsonObject | undefined; call: Call },
  ): JsonObject
  /** Path for the `Location` of a new document; undefined omits the header. */
  location?(call: Call): string
  /** The error for an id that another document of the kind has. */
  taken(id: string): RequestError
  missing?(id: string): RequestError
}

export type DocumentResource = {
  /** Reads, replaces and removes one document. */
  routes: Route[]
  all(call: Call): Promise<JsonObject[]>
  /**
   * Creates a document.
   * @throws the error of `taken` if the id exists.
   */
  create(call: Call, id: string): Promise<Answer>
}

/** The routes of one document, and the handlers for the routes of its collection. */
export function documentResource(collection: DocumentCollection): DocumentResource {
  const { path, access, summaries, actsOn } = collection
  const common = { path, resource: collection.resource, ...defined({ actsOn }) }
  const idOf = (call: Call) => param(call, /:(\w+)$/.exec(path)?.[1] ?? '')
  return {
    routes: [
      {
        ...common,
        method: 'GET',
        access: access.read,
        summary: summaries.read,
        handle: async (call) => resource(await findOr404(collection, call, idOf(call))),
      },
      {
        ...common,
        method: 'PUT',
        access: access.write,
        summary: summaries.put,
        handle: (call) => write(collection, call, idOf(call)),
      },
      {
        ...common,
        method: 'DELETE',
        access: access.write,
        summary: summaries.remove,
        handle: (call) => remove(collection, call, idOf(call)),
      },
    ],
    all: (call) => all(collection, call),
    create: (call, id) => write(collection, call, id, true),
  }
}

async function all(collection: DocumentCollection, call: Call): Promise<JsonObject[]> {
  const { documents, kind, includes } = collection
  const found = await documents.all(await realmOf(collection, call), kind)
  return found
    .filter(({ document }) => includes?.(document, call) ?? true)
    .map(({ id, document }) => collection.toResource(id, document, call))
}

async function write(
  collection: DocumentCollection,
  call: Call,
  sentId: string,
  isCreate = false,
): Promise<Answer> {
  const { documents, kind, includes } = collection
  const realm = await realmOf(collection, call)
  const id = checkedId(sentId)
  const { _rev, ...body } = bodyObject(call)
  const existing = (await documents.read(realm, kind, id))?.document
  const isOther = existing !== undefined && includes?.(existing, call) === false
  if (isOther || (isCreate && existing !== undefined)) throw collection.taken(id)
  checkPreconditions(call, existing && collection.toResource(id, existing, call))
  const document = collection.toDocument(body, { id, existing, call })
  await documents.save(realm, { kind, id, document }, await markOf(collection, call))
  // Read it again: the received document contains its secrets in plain text.
  const answer = await findOr404(collection, call, id)
  const isNew = existing === undefined
  if (collection.location === undefined) return resource(answer, isNew ? 201 : 200)
  return saved(call, { path: collection.location(call), id }, answer, isNew)
}

async function remove(collection: DocumentCollection, call: Call, id: string): Promise<Answer> {
  const document = await findOr404(collection, call, id)
  checkPreconditions(call, document)
  const realm = await realmOf(collection, call)
  // A realm can read a global document, but not remove it.
  const mark = await markOf(collection, call)
  if (!(await collection.documents.remove(realm, collection.kind, id, mark))) throw missing(collection, id)
  return resource(document)
}

async function findOr404(collection: DocumentCollection, call: Call, id: string): Promise<JsonObject> {
  const { documents, kind, includes } = collection
  const found = await documents.read(await realmOf(collection, call), kind, id)
  if (found === undefined || includes?.(found.document, call) === false) throw missing(collection, id)
  return collection.toResource(id, found.document, call)
}

async function markOf({ marks }: DocumentCollection, call: Call): Promise<SaveMark | undefined> {
  return marks && saveMarkOf(call, marks)
}

function missing({ missing }: DocumentCollection, id: string): RequestError {
  return missing === undefined ? notFound() : missing(id)
}

async function realmOf({ realmOf }: DocumentCollection, call: Call): Promise<string> {
  return realmOf === undefined ? call.realm.path : realmOf(call)
}
