import { asText } from '../../base/as-text.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { hasPlaceholder } from '../../engine/placeholders.ts'
import { oauthClientSchema } from '../../oauth/client-document.ts'
import { isClientId } from '../../oauth/client-record.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { isUnserved } from '../../realms/services/service-setting.ts'
import { problemIn } from '../../realms/tenant/tenant-setting.ts'
import type { BundleDocument, DocumentKind } from './bundle.ts'
import { isFilesSection, keptDocumentSchema, keptKind, keptName } from './kept-documents.ts'
import { nameOfKind, type Piece } from './piece.ts'
import { isSafeName, type Read } from './read-result.ts'
import { type ReadText, sourceFile } from './script-source.ts'
import { readEsv } from './tenant/esv-documents.ts'
import { clientDocumentIn } from './tenant/kept-client.ts'
import { keptSettingOf } from './tenant/kept-setting.ts'

/** Reads a document of a realm. Texts that it has in files beside it become part of it. */
export function readDocument(
  kind: DocumentKind,
  { json, key }: Piece,
  readText: ReadText,
  realm: string,
): Read<BundleDocument> {
  const id = documentId(json, key)
  if (!isSafeName(id)) return { problem: `${nameOfKind[kind]} '${id}' has an invalid id` }
  const { _rev, ...document } = json
  if (kind === keptKind) return keptDocument(id, withFiles(document, readText), realm)
  if (kind === 'variable') {
    const read = readEsv(id, document)
    if ('problem' in read) return { problem: `${nameOfKind[kind]} '${id}': ${read.problem}`, at: read.at }
  }
  if (kind !== 'emailTemplate' && kind !== 'theme') return { value: { kind, id, document } }
  const missing: string[] = []
  const whole = withTexts(document, readText, missing)
  const [first] = missing
  if (first !== undefined) {
    return { problem: `${nameOfKind[kind]} '${id}' has a text in the file ${first}, which does not exist` }
  }
  return { value: { kind, id, document: isJsonObject(whole) ? whole : document } }
}

/** What sets something in the realm must be readable. */
function keptDocument(id: string, document: JsonObject, realm: string): Read<BundleDocument> {
  const kept = keptDocumentSchema.safeParse(document).data
  const found = kept && keptSettingOf(kept, { path: realm })
  const applied = found?.setting.apply(realmSettingsSchema.parse({}), found.document)
  const isBroken = applied !== undefined && 'problem' in applied && applied.isUnserved !== true
  if (kept !== undefined && isBroken) {
    return { problem: `Setting '${keptName(kept)}': ${applied.problem}`, at: applied.at }
  }
  const client = kept && clientDocumentIn(kept)
  const fault = client && clientFault(client)
  if (client !== undefined && fault !== undefined) {
    return { problem: `OAuth2 client '${client.id}': ${fault.problem}`, at: fault.at }
  }
  return { value: { kind: keptKind, id, document } }
}

/** The fault of a client that is broken everywhere. The plan names what only this server doesn't serve. */
function clientFault({ id, document }: { id: string; document: JsonObject }) {
  if (!isClientId(id)) return { problem: 'the id must be printable ASCII', at: ['_id'] }
  if (hasPlaceholder(document)) return undefined
  const { error } = oauthClientSchema.safeParse(document)
  return error === undefined || isUnserved(error) ? undefined : problemIn(error)
}

/** Templates are identified by name. Their `_id` starts with the kind. */
export function documentId({ _id }: JsonObject, key: string): string {
  return (typeof _id === 'string' && key === '' ? _id : key).replace(/^emailTemplate\//, '')
}

/** Members of themes that are written in base64, but whose files are not. */
const encoded: ReadonlySet<string> = new Set(['journeyFooterScriptTag'])

/** Replaces references to files, `{ "file": … }`, by their texts. */
function withTexts(value: Json, readText: ReadText, missing: string[], name = ''): Json {
  if (Array.isArray(value)) return value.map((one) => withTexts(one, readText, missing))
  if (!isJsonObject(value)) return value
  const file = referredFile(value)
  if (file === undefined) {
    return Object.fromEntries(
      Object.entries(value).map(([each, member]) => [each, withTexts(member, readText, missing, each)]),
    )
  }
  const text = readText(file)
  if (text === undefined) missing.push(file)
  return encoded.has(name) ? Buffer.from(text ?? '').toString('base64') : (text ?? '')
}

/** Keeps the texts of files that a document of fr-config-manager refers to. Others have no files. */
function withFiles(document: JsonObject, readText: ReadText): JsonObject {
  if (!isFilesSection(asText(document.section)) || document.files !== undefined) return document
  const files: Record<string, string> = {}
  const find = (value: Json): void => {
    if (Array.isArray(value)) for (const one of value) find(one)
    if (!isJsonObject(value)) return
    const file = referredFile(value)
    const text = file === undefined ? undefined : readText(file)
    if (file !== undefined && text !== undefined) files[file] = text
    for (const one of Object.values(value)) find(one)
  }
  find(document.value ?? null)
  return Object.keys(files).length === 0 ? document : { ...document, files }
}

function referredFile(value: JsonObject): string | undefined {
  return Object.keys(value).length === 1 ? sourceFile(value) : undefined
}
