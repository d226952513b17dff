import type { JsonObject } from '../../base/json.ts'
import type { DocumentStore, RealmDocument } from '../../realms/document-store.ts'
import { keptDocument } from '../../realms/kept-document.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import { authenticationService } from '../../realms/services/authentication.ts'
import { merged } from '../../realms/services/realm-service.ts'
import { membersToKeep } from '../../realms/services/service-setting.ts'

const kind = 'authenticationSettings'
const id = 'authentication'

/** The kept members of the authentication settings that clients sent. */
export async function preservedAuthentication(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
): Promise<JsonObject> {
  return (await documents.read(realm, kind, id))?.document ?? {}
}

/** Members of a body to keep, without its credentials. Omitted sections and members stay. */
export async function authenticationToPreserve(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
  body: JsonObject,
  settings: RealmSettings,
): Promise<RealmDocument[]> {
  const before = await preservedAuthentication(documents, realm)
  const document = merged(before, keptDocument(membersToKeep(authenticationService, body, settings)))
  return Object.keys(document).length > 0 ? [{ kind, id, document }] : []
}
