import type { SaveMark } from '../base/save-mark.ts'
import type { Script } from './script.ts'

/** Stores scripts. Every write increments the realm's configuration version. */
export interface ScriptStore {
  all(realm: string): Promise<Script[]>
  read(realm: string, id: string): Promise<Script | undefined>
  /** Creates or replaces a script. @returns false when another script of the realm has the name. */
  save(realm: string, script: Script, mark?: SaveMark): Promise<boolean>
}
