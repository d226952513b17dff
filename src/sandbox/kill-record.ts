/** How long a kill counts, and how long a script is blocked after two kills. */
const PENALTY_MS = 60_000

/** Remembers scripts whose worker was killed. Each kill blocks a worker for a quarter of a second. */
export class KillRecord {
  readonly #kills = new Map<string, number[]>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** @param script the id with the source, so that a corrected script starts without kills. */
  add(script: string): void {
    const kills = this.#recent(script)
    this.#kills.set(script, [...kills, this.#now()])
  }

  /** Whether the script was killed twice within a minute, and less than a minute ago. */
  isRefused(script: string): boolean {
    if (this.#kills.size === 0) return false
    return this.#recent(script).length >= 2
  }

  /** Times of the kills that still count. They all expire with the latest one. */
  #recent(script: string): number[] {
    for (const [name, kills] of this.#kills) {
      const last = kills.at(-1) ?? 0
      if (this.#now() - last >= PENALTY_MS) this.#kills.delete(name)
    }
    return this.#kills.get(script) ?? []
  }
}
