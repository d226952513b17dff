import { type Limit, waitOf } from './limit.ts'
import type { LimitStore } from './limit-store.ts'

/**
 * What became of one. `count`: how many the window has with it, 0 where there is no limit. `isLast`: the limit is used
 * up with it. `waitMs`: the next one may be tried then.
 */
export type Taken = { kind: 'taken'; isLast: boolean; count: number } | { kind: 'full'; waitMs: number }

/** Limits over their store. */
export class Limits {
  readonly #store: LimitStore
  readonly #now: () => number

  /** @param now epoch milliseconds. */
  constructor(store: LimitStore, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** How long a limit is used up, in milliseconds; undefined while it is not. Counts nothing. */
  async wait(limit: Limit): Promise<number | undefined> {
    if (limit.most === 0) return undefined
    const now = this.#now()
    return waitOf(limit, await this.#store.read(limit.key, now), now)
  }

  /** Counts one, unless it is too many. */
  async take(limit: Limit): Promise<Taken> {
    if (limit.most === 0) return { kind: 'taken', isLast: false, count: 0 }
    const held = await this.#store.take(limit, this.#now())
    if (held !== undefined) return { kind: 'taken', isLast: held.count === limit.most, count: held.count }
    // Its window may have ended since: then the next one gets through.
    return { kind: 'full', waitMs: (await this.wait(limit)) ?? 1 }
  }

  /** Empties windows. */
  clear(keys: readonly string[]): Promise<void> {
    return this.#store.remove(keys)
  }

  /** Empties all windows whose key begins with the prefix. */
  clearBelow(prefix: string): Promise<void> {
    return this.#store.removeBelow(prefix)
  }

  /** How many a window has. Counts nothing. */
  async countOf(key: string): Promise<number> {
    return (await this.#store.read(key, this.#now()))?.count ?? 0
  }
}
