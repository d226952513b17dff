import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import { labelIn } from '../secrets/sealed-value.ts'
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
  /** Filters of requests of the vendor's identity management: of the whole server, stored in the root realm. */
  servletFilter: 'keptServletFilter',
  /** The rest of the configuration of the vendor's identity management, of the whole server. */
  entity: 'keptEntity',
  /** Which secret a setting of the vendor's would use, by the setting's label. */
  secretMapping: 'keptSecretMapping',
} as const

/** The kind of the documents that keep parts of imports, and configuration of the vendor's identity management. */
export const importedKind = 'keptDocument'

const allKinds: ReadonlySet<string> = new Set([...Object.values(keptKinds), importedKind])

/** Whether documents of this kind mean nothing here, or only in part. They share one limit in each realm. */
export function isKept({ kind }: { kind: string }): boolean {
  return allKinds.has(kind)
}

/** The most that a realm keeps, as JSON in characters. That of the whole server is in the root realm. */
export const maxKeptCharacters = 16 * 1_048_576

/** Names of members that may hold a credential, besides those that do. */
const possibleName = /secret|password|credential|private|accesskey|apikey|token$/i

/** Names of settings that name a secret. The secret itself is elsewhere. */
const labelName = /(?:label|labelidentifier|purpose)$/i

/** Sections of the vendor's settings that are named after what people forget. */
const harmlessSections: ReadonlySet<string> = new Set(['forgottenPassword'])

/** Members of every resource, which every answer adds. */
const resourceMembers = ['_id', '_rev', '_type']

/**
 * A document to keep. Possible credentials become null, as AM returns them, with everything below them: unused secrets must not
 * be stored.
 * @param names of members that may hold a credential; a caller that knows the document can leave out its harmless members
 */
export function keptDocument(body: JsonObject, names: RegExp = possibleName): JsonObject {
  const members = Object.entries(body).filter(([name]) => !resourceMembers.includes(name))
  return withoutCredentials(Object.fromEntries(members), names)
}

/**
 * All members, with null for possible credentials at any depth.
 * @param names as of {@link keptDocument}
 */
export function withoutCredentials(object: JsonObject, names: RegExp = possibleName): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      isCredential(name, value, names) || isPrivateMember(object, name) ? null : cleaned(value, names),
    ]),
  )
}

/** Booleans and placeholders are no secrets, and numbers beside passwords are mostly lengths and times. */
function isCredential(name: string, value: Json, names: RegExp): boolean {
  if (typeof value === 'boolean' || (typeof value === 'string' && placeholder.test(value))) return false
  if (isJsonObject(value) && labelIn(value) !== undefined) return false
  if (secretName.test(name)) return !(harmlessSections.has(name) && isJsonObject(value))
  if (typeof value === 'string' && labelName.test(name)) return false
  return typeof value !== 'number' && names.test(name)
}

function cleaned(value: Json, names: RegExp): Json {
  if (isSecretForm(value)) return null
  if (Array.isArray(value)) return value.map((one) => cleaned(one, names))
  return isJsonObject(value) ? withoutCredentials(value, names) : value
}
