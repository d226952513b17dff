/** Sealed key material by name: what the master key unlocks. */
export interface SecretStore {
  read(name: string): Promise<string | undefined>
  /** Those whose names begin so. */
  startingWith(prefix: string): Promise<{ name: string; sealed: string }[]>
  /** Keeps the first value that any server saves. @returns the value that is kept. */
  saveIfAbsent(name: string, sealed: string): Promise<string>
  /** All or nothing. @returns false when one of them is not as it was. */
  replace(changes: readonly { name: string; from: string; to: string }[]): Promise<boolean>
  remove(name: string): Promise<void>
  /** Whether a sealed text anywhere in storage has this in it. Looks through everything: for once in a while. */
  isHeld(text: string): Promise<boolean>
}
