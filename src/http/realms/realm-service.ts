import type { JsonObject } from '../../engine/json.ts'
import type { RealmSettings } from '../../realms/realm.ts'

/** One of AM's services: some realm settings under AM's names. */
export type RealmService = {
  id: string
  name: string
  show(settings: RealmSettings): JsonObject
  /** The settings after a write of the document. @throws RequestError 400. */
  apply(settings: RealmSettings, body: JsonObject): RealmSettings
}
