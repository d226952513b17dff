import { type Limit, waitOf } from './limit.ts'
import type { LimitStore } from './limit-store.ts'

/** What became of one. `isLast`: the limit is used up with it. `waitMs`: the next one may be tried then. */
export type Taken = { kind: 'taken'; isLast: boolean } | { kind: 'full'; waitMs: number }

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
    if (limit.most === 0) return { kind: 'taken', isLast: false }
    const held = await this.#store.take(limit, this.#now())
    if (held !== undefined) return { kind: 'taken', isLast: held.count === limit.most }
    // Its window may have ended since: then the next one gets through.
    return { kind: 'full', waitMs: (await this.wait(limit)) ?? 1 }
  }
}
