/** Stores key material by name, sealed with the master key. */
export interface SecretStore {
  read(name: string): Promise<string | undefined>
  /** All entries whose name starts with the prefix. */
  byPrefix(prefix: string): Promise<{ name: string; sealed: string }[]>
  /** Saves a value unless there is one. @returns the stored value, which another server may have saved first. */
  saveIfAbsent(name: string, sealed: string): Promise<string>
  /** Replaces all values or none. @returns false if a current value differs from its `from`. */
  replace(changes: readonly { name: string; from: string; to: string }[]): Promise<boolean>
  remove(name: string): Promise<void>
  /** Whether any sealed text in the database contains this text. Slow: scans all sealed columns. */
  isInUse(text: string): Promise<boolean>
}
