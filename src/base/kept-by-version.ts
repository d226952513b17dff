import type { Awaitable } from './work.ts'

/** Keeps what was made from a version of something, until there is another version. */
export class KeptByVersion<Value> {
  readonly #versionNow: () => Awaitable<readonly unknown[]>
  #version: readonly unknown[] = []
  #kept = new Map<string, Value>()

  /** @param versionNow reads all that tells two versions apart */
  constructor(versionNow: () => Awaitable<readonly unknown[]>) {
    this.#versionNow = versionNow
  }

  /** @returns what is kept, or else what `make` reads now. */
  async of(key: string, make: () => Promise<{ value: Value; isKept: boolean }>): Promise<Value> {
    const version = await this.#versionNow()
    if (version.some((part, at) => part !== this.#version[at])) {
      this.#version = version
      this.#kept = new Map()
    }
    // The map of this version: a later one has its own.
    const kept = this.#kept
    const known = kept.get(key)
    if (known !== undefined) return known
    const { value, isKept } = await make()
    if (isKept) kept.set(key, value)
    return value
  }
}
