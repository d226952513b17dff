import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'

/** Kinds of documents that mean nothing here. They are stored and returned, so that the vendor's tools lose nothing. */
export const keptKinds = {
  chain: 'keptChain',
  service: 'keptService',
  serviceChild: 'keptServiceChild',
  globalService: 'keptGlobalService',
  globalServiceChild: 'keptGlobalServiceChild',
  /** Single documents of the whole server, stored in the root realm. */
  server: 'keptServerDocument',
} as const

/** Names of members that may hold a credential. */
const secretName = /secret|password|credential|private|accesskey|apikey|token$/i

/** Members of every resource, which every answer adds. */
const resourceMembers = ['_id', '_rev', '_type']

/** A document to keep. Possible credentials become null, as AM returns them: unused secrets must not be stored. */
export function keptDocument(body: JsonObject): JsonObject {
  const members = Object.entries(body).filter(([name]) => !resourceMembers.includes(name))
  return withoutCredentials(Object.fromEntries(members))
}

function withoutCredentials(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      typeof value === 'string' && secretName.test(name) ? null : cleaned(value),
    ]),
  )
}

function cleaned(value: Json): Json {
  if (Array.isArray(value)) return value.map(cleaned)
  return isJsonObject(value) ? withoutCredentials(value) : value
}
