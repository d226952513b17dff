import type { LimitWindow } from './limit.ts'
import type { LimitStore } from './limit-store.ts'

/** `unsaved`: counted here and not yet shared with the other servers. */
type LocalWindow = LimitWindow & { windowMs: number; unsaved: number }

/** Higher than any real count. */
const noLimit = 2_000_000_000

/** Bounds memory: beyond this, the oldest window is dropped. */
const maxKeys = 50_000

/**
 * Counts events that are too frequent to store one by one. Each server counts in memory and regularly adds its count to the
 * store, which returns the total of all servers. A window can only miss, or lose in a restart, the events since the last
 * exchange.
 */
export class SharedCounts {
  readonly #store: Pick<LimitStore, 'take'>
  readonly #now: () => number
  readonly #windows = new Map<string, LocalWindow>()

  /** @param now epoch milliseconds. */
  constructor(store: Pick<LimitStore, 'take'>, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** Counts one event. @returns the count including it, and the time until the window ends. */
  count(key: string, windowMs: number): { count: number; endsInMs: number } {
    const now = this.#now()
    const old = this.#windows.get(key)
    const window = old !== undefined && old.endsAt > now ? old : this.#begin(key, windowMs, now)
    window.count++
    window.unsaved++
    return { count: window.count, endsInMs: window.endsAt - now }
  }

  /** Exchanges counts with the store. Failed counts are sent the next time. @throws OperationError. */
  async settle(): Promise<void> {
    const now = this.#now()
    for (const [key, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(key)
    const unsaved = [...this.#windows].filter(([, window]) => window.unsaved > 0)
    const settled = await Promise.allSettled(unsaved.map(([key, window]) => this.#settle(key, window, now)))
    const failed = settled.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  #begin(key: string, windowMs: number, now: number): LocalWindow {
    const tracked = { count: 0, unsaved: 0, endsAt: now + windowMs, windowMs }
    // Reinserted at the end, so that the map stays ordered by age.
    this.#windows.delete(key)
    this.#windows.set(key, tracked)
    if (this.#windows.size > maxKeys) this.#windows.delete(this.#windows.keys().next().value ?? '')
    return tracked
  }

  async #settle(key: string, window: LocalWindow, now: number): Promise<void> {
    const { windowMs, unsaved } = window
    window.unsaved = 0
    try {
      const all = await this.#store.take({ key, max: noLimit, windowMs }, now, unsaved)
      if (all === undefined) return
      // Events counted during the request are not in the total.
      window.count = all.count + window.unsaved
      window.endsAt = all.endsAt
    } catch (error) {
      window.unsaved += unsaved
      throw error
    }
  }
}
