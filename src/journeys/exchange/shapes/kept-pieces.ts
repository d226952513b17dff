import { asText } from '../../../base/as-text.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import { isFilesSection, type KeptDocument, keptId, keptKind } from '../kept-documents.ts'
import type { Piece } from '../piece.ts'

/** A part of an export that is only kept. `original` is the object of the file that it contains. */
export function keptPiece(document: KeptDocument, realm?: string): Piece {
  const { value } = document
  return {
    kind: keptKind,
    key: keptId(document),
    json: { ...document },
    realm,
    ...(isJsonObject(value) ? { original: value } : {}),
  }
}

type Place = { scope: KeptDocument['scope']; realm?: string | undefined }

/** A section by its entries if it is a map of objects, otherwise as a whole. An empty section has nothing to keep. */
export function keptSection(section: string, json: Json, { scope, realm }: Place): Piece[] {
  if (!isMap(json) || isOneDocument(section)) {
    return isEmpty(json) ? [] : [keptPiece({ scope, section, value: json }, realm)]
  }
  return Object.entries(json).map(([key, value]) =>
    keptPiece({ scope, section, key, ...(isFilesSection(section) ? unpackedFile(value) : { value }) }, realm),
  )
}

/** A file of a folder inside an export of one file. */
export function packedFile({ value, files }: KeptDocument): JsonObject {
  return { json: value, ...(files === undefined ? {} : { files }) }
}

function unpackedFile(packed: Json): Pick<KeptDocument, 'value' | 'files'> {
  const { json = null, files } = isJsonObject(packed) ? packed : {}
  return { value: json, ...(isJsonObject(files) ? { files: textsIn(files) } : {}) }
}

function textsIn(files: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, asText(text)]))
}

/** The settings of a realm's authentication have sections, and not always an id. */
function isOneDocument(section: string): boolean {
  return section === 'authentication'
}

/** A single document has texts or an id of its own. */
function isMap(json: Json): json is JsonObject {
  return isJsonObject(json) && Object.values(json).every(isJsonObject)
}

function isEmpty(json: Json): boolean {
  return json === null || json === '' || (Array.isArray(json) && json.length === 0)
}
