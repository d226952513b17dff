import { type Limit, waitOf } from './limit.ts'
import type { LimitStore } from './limit-store.ts'

/**
 * `count`: events in the window including this one, 0 without a limit. `isLast`: this event used up the limit. `waitMs`:
 * time until the next one can succeed.
 */
export type Taken = { kind: 'taken'; isLast: boolean; count: number } | { kind: 'full'; waitMs: number }

/** `usedUp`: the limits that this event used up. `limit`: one that was used up before. */
export type TakenAll =
  | { kind: 'taken'; usedUp: readonly Limit[] }
  | { kind: 'full'; limit: Limit; waitMs: number }

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

  /** Counts one event for all limits, or for none of them if one is used up. */
  async takeAll(limits: readonly Limit[]): Promise<TakenAll> {
    const usedUp: Limit[] = []
    for (const [index, limit] of limits.entries()) {
      const taken = await this.take(limit)
      if (taken.kind === 'full') {
        await this.giveBackAll(limits.slice(0, index))
        return { kind: 'full', limit, waitMs: taken.waitMs }
      }
      if (taken.isLast) usedUp.push(limit)
    }
    return { kind: 'taken', usedUp }
  }

  async giveBackAll(limits: readonly Limit[]): Promise<void> {
    await Promise.all(limits.map((limit) => this.giveBack(limit)))
  }

  /** The longest wait for one of the limits; undefined if none is used up. Doesn't count. */
  async waitForAll(limits: readonly Limit[]): Promise<number | undefined> {
    const waits = await Promise.all(limits.map((limit) => this.wait(limit)))
    const longest = Math.max(...waits.map((wait) => wait ?? 0), 0)
    return longest > 0 ? longest : undefined
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
