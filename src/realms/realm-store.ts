import type { SaveMark } from '../base/save-mark.ts'
import type { Realm, RealmSettings } from './realm.ts'

export interface RealmStore {
  all(): Promise<Realm[]>
  read(path: string): Promise<Realm | undefined>
  /** Creates or replaces. */
  save(realm: Realm, mark?: SaveMark): Promise<void>
  /**
   * Replaces a realm, unless it changed since it was read.
   * @param before the realm as it was read.
   * @returns false if it changed or was removed. Then nothing was written.
   */
  replace(before: Realm, after: Realm, mark?: SaveMark): Promise<boolean>
  /**
   * Changes settings without a new version, unless somebody else changes them meanwhile.
   * @param change returns the same object to change nothing.
   */
  reseal(path: string, change: (settings: RealmSettings) => RealmSettings): Promise<void>
  /**
   * Removes the realm and everything in it.
   * @returns whether the realm existed.
   */
  remove(path: string): Promise<boolean>
}
