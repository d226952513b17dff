import type { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import type { RealmSettings } from '../realm.ts'

/** What a document does to the settings of a realm, or why it can't. `at` is the way to its invalid member. */
export type Applied =
  | {
      settings: RealmSettings
      /** What the document has and no setting here, in words. */
      ignored: readonly string[]
      /** Values that are valid elsewhere and not served here, in words. The others count. */
      unserved?: readonly string[]
    }
  | {
      problem: string
      at: readonly PropertyKey[]
      /** Whether the document is valid elsewhere, but this server doesn't serve what it asks for. */
      isUnserved?: boolean
    }

/** A document of the vendor's identity management or access management that has settings here. All parts are pure. */
export type TenantSetting = {
  /** Names the settings, such as `passwordPolicy`. */
  id: string
  /** For people. */
  title: string
  /** The settings after a write of the document. Members that it lacks stay as they are. */
  apply(settings: RealmSettings, document: JsonObject): Applied
  /**
   * The received document with what the settings say otherwise now. Documents that say the same come back as they are.
   * @returns undefined if the settings no longer have anything of it.
   */
  write(document: JsonObject, settings: RealmSettings): JsonObject | undefined
}

/** The first invalid member, and what was expected. */
export function problemIn(error: z.ZodError): Extract<Applied, { problem: string }> {
  const [issue] = error.issues
  const at = issue?.path ?? []
  const message = issue?.message ?? 'is invalid'
  return { problem: at.length === 0 ? message : `${at.map(String).join('.')}: ${message}`, at }
}
