/** How long kills count, and how long a script is refused after two of them, milliseconds. */
const PENALTY_MS = 60_000

/** Remembers scripts that had to be ended with their worker: each cost a worker a quarter of a second. */
export class KillRecord {
  readonly #kills = new Map<string, number[]>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** @param script names the script with its source: a corrected one starts anew. */
  add(script: string): void {
    const kills = this.#recent(script)
    this.#kills.set(script, [...kills, this.#now()])
  }

  /** True from the second kill within a minute until a minute after it. */
  isRefused(script: string): boolean {
    if (this.#kills.size === 0) return false
    return this.#recent(script).length >= 2
  }

  /** Times of the kills that still count. Kills of one run of bad luck expire together, with the latest. */
  #recent(script: string): number[] {
    for (const [name, kills] of this.#kills) {
      const last = kills.at(-1) ?? 0
      if (this.#now() - last >= PENALTY_MS) this.#kills.delete(name)
    }
    return this.#kills.get(script) ?? []
  }
}
