/**
 * Who runs which step right now. Kept in memory: SQLite belongs to one process, so nobody else could hold a claim, and
 * one that is forgotten with its process is one that nobody holds any more.
 */
export class StepClaims {
  readonly #held = new Map<string, { owner: string; until: number }>()

  /** @returns false while somebody else holds it; a claim ends at its `until`, in epoch milliseconds. */
  take(idHash: string, owner: string, now: number, until: number): boolean {
    const held = this.#held.get(idHash)
    if (held !== undefined && held.until >= now) return false
    this.#held.set(idHash, { owner, until })
    return true
  }

  isHeldBy(idHash: string, owner: string): boolean {
    return this.#held.get(idHash)?.owner === owner
  }

  release(idHash: string, owner: string): void {
    if (this.isHeldBy(idHash, owner)) this.#held.delete(idHash)
  }
}
