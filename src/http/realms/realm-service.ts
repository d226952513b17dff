import type { JsonObject } from '../../engine/json.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import type { RealmSettings } from '../../realms/realm.ts'

/** One of AM's services: some realm settings under AM's names. */
export type RealmService = {
  id: string
  name: string
  show(settings: RealmSettings): JsonObject
  /** The settings after a write of the document. @throws RequestError 400. */
  apply(settings: RealmSettings, body: JsonObject): RealmSettings
  /** The resources below it, if it has any. */
  below?(documents: Pick<DocumentStore, 'all'>, realm: string): Promise<JsonObject[]>
  /** Types of resources below it that are kept without effect. */
  keepsBelow?: readonly string[]
  /** The types of the resources below it. */
  typesBelow?: readonly JsonObject[]
  /** @throws RequestError 409 if it can't go back to its defaults now. */
  checkRemoval?(documents: Pick<DocumentStore, 'all'>, realm: string): Promise<void>
}
