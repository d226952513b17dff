import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { isSecretSetting } from '../base/looks-secret.ts'
import { labelIn } from '../secrets/sealed-value.ts'
import { isPrivateMember, isSecretForm, placeholder } from '../secrets/secret-shapes.ts'

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

/** Ends of names of settings that name a secret. The secret itself is elsewhere. */
const labelEnd = /(?:label|labelidentifier|purpose)$/i

/** Sections of the vendor's settings that are named after what people forget. */
const harmlessSections: ReadonlySet<string> = new Set(['forgottenPassword'])

/** The section with the names of journeys by task, such as `resetPassword`. */
const journeysByTask = 'treeMapping'

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

/** All members, with null for possible credentials at any depth. */
export function withoutCredentials(object: JsonObject, section = ''): JsonObject {
  // rule S57: otherwise kept settings have their credentials
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      (section !== journeysByTask && isCredential(name, value)) || isPrivateMember(object, name)
        ? null
        : cleaned(value, name),
    ]),
  )
}

/** Empty texts, booleans, also as texts in properties of the vendor's servers, and placeholders are no secrets. */
function isCredential(name: string, value: Json): boolean {
  // rule S57: otherwise kept settings have credentials in lists and objects
  if (typeof value === 'boolean' || value === 'true' || value === 'false' || value === '') return false
  if (typeof value === 'string' && placeholder.test(value)) return false
  if (isJsonObject(value) && labelIn(value) !== undefined) return false
  if (harmlessSections.has(name) && isJsonObject(value)) return false
  return isSecretSetting(typeof value === 'string' ? name : name.replace(labelEnd, ''))
}

function cleaned(value: Json, section = ''): Json {
  // rule S57: otherwise kept settings have private keys under other names
  if (isSecretForm(value)) return null
  if (Array.isArray(value)) return value.map((one) => cleaned(one))
  return isJsonObject(value) ? withoutCredentials(value, section) : value
}
