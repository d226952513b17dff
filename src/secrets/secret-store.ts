/** Sealed key material by name, made once and kept: what `keys` in the data folder unlocks. */
export interface SecretStore {
  read(name: string): Promise<string | undefined>
  /** Keeps the first value that any server saves. @returns the value that is kept. */
  saveIfAbsent(name: string, sealed: string): Promise<string>
}
