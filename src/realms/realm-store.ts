import type { SaveMark } from '../journeys/save-mark.ts'
import type { Realm, RealmSettings } from './realm.ts'

export interface RealmStore {
  all(): Promise<Realm[]>
  read(path: string): Promise<Realm | undefined>
  /** Creates or replaces. */
  save(realm: Realm, mark?: SaveMark): Promise<void>
  /** Replaces settings that are still the same, without a new version. */
  reseal(path: string, from: RealmSettings, to: RealmSettings): Promise<void>
  /**
   * Removes the realm and everything in it.
   * @returns whether the realm existed.
   */
  remove(path: string): Promise<boolean>
}
