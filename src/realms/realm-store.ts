import type { SaveMark } from '../journeys/save-mark.ts'
import type { Realm } from './realm.ts'

export interface RealmStore {
  all(): Promise<Realm[]>
  read(path: string): Promise<Realm | undefined>
  /** Creates or replaces. */
  save(realm: Realm, mark?: SaveMark): Promise<void>
  /**
   * Removes the realm and everything in it.
   * @returns whether the realm existed.
   */
  remove(path: string): Promise<boolean>
}
