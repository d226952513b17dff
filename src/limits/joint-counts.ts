import type { LimitWindow } from './limit.ts'
import type { LimitStore } from './limit-store.ts'

/** What of a window the other servers do not know yet. */
type Held = LimitWindow & { windowMs: number; unsaved: number }

/** More than any window has. */
const noLimit = 2_000_000_000

/** Sources beyond this many push out the one that came first: memory is bounded, whoever comes. */
const maxKeys = 50_000

/**
 * Counts what is too much to write down one by one. Each server counts in memory, and tells the store from time to time how
 * many there were: it learns from it what all servers together have. So a window is exact up to what came since, on each
 * server, and a restart forgets no more than that.
 */
export class JointCounts {
  readonly #store: Pick<LimitStore, 'take'>
  readonly #now: () => number
  readonly #held = new Map<string, Held>()

  /** @param now epoch milliseconds. */
  constructor(store: Pick<LimitStore, 'take'>, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** Counts one. @returns how many the window has with it, and when it ends. */
  count(key: string, windowMs: number): { count: number; endsInMs: number } {
    const now = this.#now()
    const old = this.#held.get(key)
    const held = old !== undefined && old.endsAt > now ? old : this.#begin(key, windowMs, now)
    held.count++
    held.unsaved++
    return { count: held.count, endsInMs: held.endsAt - now }
  }

  /** Tells the store, and learns from it. What could not be told is told the next time. @throws OperationError. */
  async settle(): Promise<void> {
    const now = this.#now()
    for (const [key, { endsAt }] of this.#held) if (endsAt <= now) this.#held.delete(key)
    const unsaved = [...this.#held].filter(([, held]) => held.unsaved > 0)
    const settled = await Promise.allSettled(unsaved.map(([key, held]) => this.#settle(key, held, now)))
    const failed = settled.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  #begin(key: string, windowMs: number, now: number): Held {
    const begun = { count: 0, unsaved: 0, endsAt: now + windowMs, windowMs }
    // Behind all others, also where the one before is over.
    this.#held.delete(key)
    this.#held.set(key, begun)
    if (this.#held.size > maxKeys) this.#held.delete(this.#held.keys().next().value ?? '')
    return begun
  }

  async #settle(key: string, held: Held, now: number): Promise<void> {
    const { windowMs, unsaved } = held
    held.unsaved = 0
    try {
      const all = await this.#store.take({ key, most: noLimit, windowMs }, now, unsaved)
      if (all === undefined) return
      // What came while the store was asked is not in its answer.
      held.count = all.count + held.unsaved
      held.endsAt = all.endsAt
    } catch (error) {
      held.unsaved += unsaved
      throw error
    }
  }
}
