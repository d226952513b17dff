import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../../../base/json.ts'
import type { RealmDocument } from '../../../realms/document-store.ts'
import {
  configurationId,
  type KeptDocument,
  keptDocumentSchema,
  keptId,
  keptKind,
} from '../kept-documents.ts'
import { documentIn, withDocument } from './kept-setting.ts'

// Documents of the identity management as a realm received them last, by REST or in an import of any form.

/** A change of the documents that a realm keeps. */
export type KeptChange = {
  documents: RealmDocument[]
  removed: Pick<RealmDocument, 'kind' | 'id'>[]
}

/** The document with an id as below `/openidm/config`. */
export function receivedDocument(documents: readonly RealmDocument[], id: string): JsonObject | undefined {
  const [first] = keptIn(documents).filter(({ kept }) => configurationId(kept) === id)
  return first && documentIn(first.kept)
}

/** The ids of all documents. */
export function receivedIds(documents: readonly RealmDocument[]): string[] {
  return keptIn(documents).flatMap(({ kept }) => configurationId(kept) ?? [])
}

/** Keeps a document wherever imports have put it, or in its place in full exports of frodo. */
export function keepDocument(
  documents: readonly RealmDocument[],
  id: string,
  document: JsonObject,
): RealmDocument[] {
  const places = keptIn(documents).filter(({ kept }) => configurationId(kept) === id)
  if (places.length === 0) return [toDocument(inFullExport(id, document))]
  return places.map(({ kept }) => toDocument(withDocument(kept, document)))
}

/** The documents that keep the one with this id. */
export function placesOf(documents: readonly RealmDocument[], id: string): KeptChange['removed'] {
  return keptIn(documents).flatMap(({ one, kept }) =>
    configurationId(kept) === id ? [{ kind: one.kind, id: one.id }] : [],
  )
}

const listId = 'managed'

/** Definitions of managed objects by name. Full exports have them in one document, folders have a file for each. */
export function receivedObjects(documents: readonly RealmDocument[]): Map<string, JsonObject> {
  const all = keptIn(documents)
  const listed = all.flatMap(({ kept }) => (configurationId(kept) === listId ? objectsIn(kept) : []))
  const single = all.flatMap(({ kept }) => (isObject(kept) ? [documentIn(kept) ?? {}] : []))
  return new Map([...listed, ...single].map((object) => [nameOf(object), object]))
}

/**
 * Keeps definitions where imports have put them, and new ones in the document of full exports.
 * @param isLeftOut whether a definition that isn't among the objects is gone. Others stay.
 */
export function keepObjects(
  documents: readonly RealmDocument[],
  objects: readonly JsonObject[],
  isLeftOut: (name: string) => boolean,
): KeptChange {
  const all = keptIn(documents)
  const named = new Map(objects.map((object) => [nameOf(object), object]))
  const change: KeptChange = { documents: [], removed: [] }
  const placed = new Set<string>()
  for (const { one, kept } of all) {
    const name = nameOf(documentIn(kept))
    const object = named.get(name)
    if (!isObject(kept)) continue
    placed.add(name)
    if (object !== undefined) change.documents.push(toDocument(withDocument(kept, object)))
    else if (isLeftOut(name)) change.removed.push({ kind: one.kind, id: one.id })
  }
  const lists = all.flatMap(({ kept }) => (configurationId(kept) === listId ? [kept] : []))
  for (const name of lists.flatMap(objectsIn).map(nameOf)) placed.add(name)
  const added = objects.filter((object) => !placed.has(nameOf(object)))
  const [first = inFullExport(listId, { objects: [] }), ...others] = lists
  const staying = (object: JsonObject): JsonObject[] => {
    const now = named.get(nameOf(object))
    if (now !== undefined) return [now]
    return isLeftOut(nameOf(object)) ? [] : [object]
  }
  for (const list of lists.length === 0 && added.length === 0 ? [] : [first, ...others]) {
    const now = [...objectsIn(list).flatMap(staying), ...(list === first ? added : [])]
    change.documents.push(toDocument(withDocument(list, { ...documentIn(list), objects: now })))
  }
  return change
}

function keptIn(documents: readonly RealmDocument[]): { one: RealmDocument; kept: KeptDocument }[] {
  return documents.flatMap((one) => {
    const kept = one.kind === keptKind ? keptDocumentSchema.safeParse(one.document).data : undefined
    return kept === undefined ? [] : [{ one, kept }]
  })
}

function inFullExport(id: string, { _id, _rev, ...members }: JsonObject): KeptDocument {
  return { scope: 'global', section: 'idm', key: id, value: { _id: id, ...members } }
}

function toDocument(kept: KeptDocument): RealmDocument {
  return { kind: keptKind, id: keptId(kept), document: jsonObjectSchema.parse(kept) }
}

function isObject(kept: KeptDocument): boolean {
  return configurationId(kept)?.startsWith(`${listId}/`) === true
}

function objectsIn(kept: KeptDocument): JsonObject[] {
  const objects = documentIn(kept)?.objects
  return Array.isArray(objects) ? objects.filter(isJsonObject) : []
}

function nameOf(object: Json | undefined): string {
  return isJsonObject(object) && typeof object.name === 'string' ? object.name : ''
}
