import { type Limit, waitOf } from './limit.ts'
import type { LimitStore } from './limit-store.ts'

/**
 * `count`: events in the window including this one, 0 without a limit. `isLast`: this event used up the limit. `waitMs`:
 * time until the next one can succeed.
 */
export type Taken = { kind: 'taken'; isLast: boolean; count: number } | { kind: 'full'; waitMs: number }

export class Limits {
  readonly #store: LimitStore
  readonly #now: () => number

  /** @param now epoch milliseconds. */
  constructor(store: LimitStore, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** Milliseconds until a used-up limit allows another event; undefined if it isn't used up. Doesn't count. */
  async wait(limit: Limit): Promise<number | undefined> {
    if (limit.max === 0) return undefined
    const now = this.#now()
    return waitOf(limit, await this.#store.read(limit.key, now), now)
  }

  /** Counts one event, unless the limit is used up. */
  async take(limit: Limit): Promise<Taken> {
    if (limit.max === 0) return { kind: 'taken', isLast: false, count: 0 }
    const window = await this.#store.take(limit, this.#now())
    if (window !== undefined)
      return { kind: 'taken', isLast: window.count === limit.max, count: window.count }
    // The window may have ended since, so that the next event succeeds.
    return { kind: 'full', waitMs: (await this.wait(limit)) ?? 1 }
  }

  /** Takes back an event that turned out not to count. */
  async giveBack({ key, max }: Limit): Promise<void> {
    if (max > 0) await this.#store.giveBack(key, this.#now())
  }

  /** Clears the named windows. */
  clear(keys: readonly string[]): Promise<void> {
    return this.#store.remove(keys)
  }

  /** Clears all windows whose key starts with the prefix. */
  clearBelow(prefix: string): Promise<void> {
    return this.#store.removeBelow(prefix)
  }

  /** The number of events in a window. Doesn't count. */
  async countOf(key: string): Promise<number> {
    return (await this.#store.read(key, this.#now()))?.count ?? 0
  }
}
