import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import { isPrivateMember, isSecretForm, placeholder, secretName } from '../secrets/secret-shapes.ts'

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

/** Names of members that may hold a credential, besides those that do. */
const possibleName = /secret|password|credential|private|accesskey|apikey|token$/i

/** Sections of the vendor's settings that are named after what people forget. */
const harmlessSections: ReadonlySet<string> = new Set(['forgottenPassword'])

/** Members of every resource, which every answer adds. */
const resourceMembers = ['_id', '_rev', '_type']

/**
 * A document to keep. Possible credentials become null, as AM returns them, with everything below them: unused secrets must not
 * be stored.
 */
export function keptDocument(body: JsonObject): JsonObject {
  const members = Object.entries(body).filter(([name]) => !resourceMembers.includes(name))
  return withoutCredentials(Object.fromEntries(members))
}

function withoutCredentials(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      isCredential(name, value) || isPrivateMember(object, name) ? null : cleaned(value),
    ]),
  )
}

/** Booleans and placeholders are no secrets, and numbers beside passwords are mostly lengths and times. */
function isCredential(name: string, value: Json): boolean {
  if (typeof value === 'boolean' || (typeof value === 'string' && placeholder.test(value))) return false
  if (secretName.test(name)) return !(harmlessSections.has(name) && isJsonObject(value))
  return typeof value !== 'number' && possibleName.test(name)
}

function cleaned(value: Json): Json {
  if (isSecretForm(value)) return null
  if (Array.isArray(value)) return value.map(cleaned)
  return isJsonObject(value) ? withoutCredentials(value) : value
}
