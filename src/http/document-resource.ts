import { defined } from '../base/defined.ts'
import { notFound, type RequestError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import type { MemberFinding } from '../base/members.ts'
import type { SaveMark } from '../base/save-mark.ts'
import { resource } from '../crest/collection.ts'
import type { DocumentStore, RealmDocument } from '../realms/document-store.ts'
import { checkedId, checkPreconditions, saved, withFindingsHeader } from './configuration-resource.ts'
import type { StaffAccess } from './guards/rights.ts'
import { type MarkSources, saveMarkOf } from './journeys/save-mark.ts'
import { type Answer, bodyObject, type Call, type Resource, type Route } from './route.ts'
import { endpointsAt, idIn, type Served, serve } from './serve.ts'

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
  summaries: { list?: string; read: string; put: string; remove: string }
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
  ): JsonObject | Promise<JsonObject>
  /** What a document sets that has no effect: the answer to a write names it. */
  kept?(document: JsonObject): MemberFinding[] | Promise<MemberFinding[]>
  /** Path for the `Location` of a new document; undefined omits the header. */
  location?(call: Call): string
  /** The error for an id that another document of the kind has. */
  taken(id: string): RequestError
  missing?(id: string): RequestError
  /** A document in a list. Default: with its revision. */
  toListed?(object: JsonObject): JsonObject
}

export type DocumentResource = {
  /** Lists documents, if there is a summary for it. */
  list: Route[]
  /** Reads, replaces and removes one document. */
  routes: Route[]
  all(call: Call): Promise<JsonObject[]>
  /**
   * Creates a document.
   * @throws the error of `taken` if the id exists.
   */
  create(call: Call, id: string): Promise<Answer>
}

/** The routes of documents, and the handlers for actions of their collection. */
export function documentResource(documents: DocumentCollection): DocumentResource {
  const served = servedDocuments(documents)
  const { list, read, save, remove } = serve(served)
  return {
    list: documents.summaries.list === undefined ? [] : [list],
    routes: [read, save, remove],
    all: async (call) =>
      (await all(documents, call)).map(({ id, document }) => documents.toResource(id, document, call)),
    create: (call, id) => write(documents, call, id, true),
  }
}

function servedDocuments(documents: DocumentCollection): Served<RealmDocument> {
  const { path, kind, access, resource, summaries, actsOn, toResource, missing, toListed } = documents
  const endpoints = endpointsAt(path.replace(/\/:\w+$/, ''), path)
  return {
    endpoints,
    access,
    resource,
    ...defined({ actsOn, missing, toListed }),
    list: { summary: summaries.list ?? '' },
    read: { summary: summaries.read },
    save: { summary: summaries.put, handle: (call) => write(documents, call, idIn(endpoints, call)) },
    remove: { summary: summaries.remove },
    all: (call) => all(documents, call),
    find: (call, id) => find(documents, call, id),
    toResource: ({ id, document }, call) => toResource(id, document, call),
    // A realm can read a global document, but not remove it.
    erase: async (call, { id }) =>
      documents.documents.remove(await realmOf(documents, call), kind, id, await markOf(documents, call)),
  }
}

async function all(collection: DocumentCollection, call: Call): Promise<RealmDocument[]> {
  const { documents, kind, includes } = collection
  const found = await documents.all(await realmOf(collection, call), kind)
  return found.filter(({ document }) => includes?.(document, call) ?? true)
}

async function find(
  collection: DocumentCollection,
  call: Call,
  id: string,
): Promise<RealmDocument | undefined> {
  const { documents, kind, includes } = collection
  const found = await documents.read(await realmOf(collection, call), kind, id)
  return found !== undefined && includes?.(found.document, call) === false ? undefined : found
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
  const document = await collection.toDocument(body, { id, existing, call })
  await documents.save(realm, { kind, id, document }, await markOf(collection, call))
  // Read it again: the received document contains its secrets in plain text.
  const stored = await find(collection, call, id)
  if (stored === undefined) throw collection.missing?.(id) ?? notFound()
  const answer = collection.toResource(id, stored.document, call)
  const isNew = existing === undefined
  const place = collection.location && { path: collection.location(call), id }
  const found = (await collection.kept?.(document)) ?? []
  return withFindingsHeader(
    place === undefined ? resource(answer, isNew ? 201 : 200) : saved(call, place, answer, isNew),
    found.map(({ path, message }) => `${path}: ${message}`),
  )
}

async function markOf({ marks }: DocumentCollection, call: Call): Promise<SaveMark | undefined> {
  return marks && saveMarkOf(call, marks)
}

async function realmOf({ realmOf }: DocumentCollection, call: Call): Promise<string> {
  return realmOf === undefined ? call.realm.path : realmOf(call)
}
