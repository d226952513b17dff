import type { JsonObject } from '../../engine/json.ts'
import type { RealmSettings } from '../../realms/realm.ts'

/** One of AM's services: a view of some realm settings under the names that AM gives them. */
export type RealmService = {
  id: string
  name: string
  show(settings: RealmSettings): JsonObject
  /** The settings after a write of this document. @throws RequestError 400. */
  apply(settings: RealmSettings, body: JsonObject): RealmSettings
}
