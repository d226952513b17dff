import type { JsonObject } from '../../../engine/json.ts'
import type { RealmSettings } from '../../../realms/realm.ts'

/** A document of the vendor's identity management, of which realm settings are a part. The rest is kept. */
export type ConfigurationDocument = {
  /** @param kept the document as it was sent last, without credentials. */
  show(settings: RealmSettings, kept: JsonObject): JsonObject
  /** The settings after a write of the document. @throws RequestError 400. */
  apply(settings: RealmSettings, body: JsonObject): RealmSettings
  /** Texts about parts of the document that have no effect here. */
  findings?(body: JsonObject): string[]
}
