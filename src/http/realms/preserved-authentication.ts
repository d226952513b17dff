import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import type { DocumentStore, RealmDocument } from '../../realms/document-store.ts'
import { authenticationSchema } from '../../realms/services/authentication.ts'
import { merged } from '../../realms/services/realm-service.ts'

const kind = 'authenticationSettings'
const id = 'authentication'

/** Members that are realm settings, by section. They are not stored here. */
const own: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(authenticationSchema.shape).map(([name, section]) => [
    name,
    Object.keys(section.unwrap().shape),
  ]),
)

/** The unsupported members of AM's authentication settings, as received. */
export async function preservedAuthentication(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
): Promise<JsonObject> {
  return (await documents.read(realm, kind, id))?.document ?? {}
}

/** What to store of the unsupported members of a body. Omitted sections and members stay. */
export async function authenticationToPreserve(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
  body: JsonObject,
): Promise<RealmDocument[]> {
  const before = await preservedAuthentication(documents, realm)
  const document = merged(before, foreignMembers(body))
  return Object.keys(document).length > 0 ? [{ kind, id, document }] : []
}

function foreignMembers(body: JsonObject): JsonObject {
  // Never stored, because the server doesn't use these secrets and must not reveal them.
  const sections = Object.entries(body).flatMap(([name, section]): [string, JsonObject][] => {
    if (name.startsWith('_') || !isJsonObject(section)) return []
    const known = Object.hasOwn(own, name) ? (own[name] ?? []) : []
    const members = Object.entries(section).filter(
      ([member]) => !known.includes(member) && !isSecretSetting(member),
    )
    return members.length === 0 ? [] : [[name, Object.fromEntries(members)]]
  })
  return Object.fromEntries(sections)
}
