import type { Script } from './script.ts'

/** What scripts ask of storage. Every write counts the realm's configuration version up. */
export interface ScriptStore {
  all(realm: string): Promise<Script[]>
  read(realm: string, id: string): Promise<Script | undefined>
  /** Creates or replaces. @returns false when another script of the realm has the name. */
  save(realm: string, script: Script): Promise<boolean>
  remove(realm: string, id: string): Promise<boolean>
}
