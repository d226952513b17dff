import type { Logger } from 'pino'
import { systemTimers, type Timers } from '../base/clock.ts'

/** Maximum number of items in flight. */
const maxInFlight = 8

/** Longer than any timeout, so that no other server sends an item that is in flight. */
const leaseMs = 3 * 60_000

/** Backoff: pauses double from the first to the longest. All attempts together take about a day. */
const firstPauseMs = 5_000
const longestPauseMs = 2 * 3_600_000

export const maxAttempts = 20

/** Milliseconds to wait after the given number of attempts. */
export function backoffAfter(attempts: number): number {
  return Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs)
}

/** Maximum interval of looking for items whose lease another server let expire. */
const maxPauseMs = 60_000

/** @param timers default: those of the system. */
export type OutboxParts = { now(): number; timers?: Timers; log: Logger }

/**
 * Sends the items of an outbox, a few at a time: at once when woken, otherwise when they are due. A slow item delays no other as
 * long as there is a free place.
 */
export abstract class Outbox<Item> {
  readonly #now: () => number
  readonly #timers: Timers
  readonly #log: Logger
  #isClosed = false
  /** Ends the current pause. */
  #wake: () => void = () => undefined
  /** Set by a wake-up outside a pause. */
  #isWoken = false
  #running: Promise<void> = Promise.resolve()
  readonly #inFlight = new Set<Promise<void>>()

  constructor({ now, timers, log }: OutboxParts) {
    this.#now = now
    this.#timers = timers ?? systemTimers
    this.#log = log
  }

  /** Leases due items until `until` (epoch milliseconds), oldest first, and counts the attempt. */
  protected abstract claim(now: number, until: number, limit: number): Promise<Item[]>

  /** Sends one item and stores the result. Throws only if storage fails. */
  protected abstract deliver(item: Item): Promise<void>

  /** When the next item is due, in epoch milliseconds; undefined if none is waiting. */
  protected abstract nextDue(): Promise<number | undefined>

  /** Starts sending, beginning with items from before the restart. */
  start(): void {
    this.#running = this.#run()
  }

  /** Call after items were added. */
  wake(): void {
    this.#isWoken = true
    this.#wake()
  }

  /** Sends everything that is due. For an outbox that wasn't started. */
  async drain(): Promise<void> {
    const due = await this.nextDue()
    if (due === undefined || due > this.#now()) return
    let pause = 0
    while (pause === 0) {
      pause = await this.#round()
      await Promise.all(this.#inFlight)
    }
  }

  /** Resolves when the items in flight have arrived or failed. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#wake()
    await this.#running
    await Promise.all(this.#inFlight)
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      this.#isWoken = false
      await this.#pause(await this.#round())
    }
  }

  /** @returns milliseconds until the next round, unless an item arrives or fails before. */
  async #round(): Promise<number> {
    const now = this.#now()
    const free = maxInFlight - this.#inFlight.size
    if (free === 0) return maxPauseMs
    try {
      const items = await this.claim(now, now + leaseMs, free)
      for (const item of items) this.#send(item)
      if (items.length > 0) return 0
      const next = (await this.nextDue()) ?? Number.POSITIVE_INFINITY
      // Due, but not to be claimed while others are in flight.
      if (next <= this.#now() && this.#inFlight.size > 0) return maxPauseMs
      return Math.min(Math.max(next - this.#now(), 0), maxPauseMs)
    } catch (error) {
      this.#log.error({ err: error }, 'reading the outbox failed, will retry')
      return firstPauseMs
    }
  }

  #send(item: Item): void {
    const sent = this.#deliver(item).finally(() => {
      this.#inFlight.delete(sent)
      this.wake()
    })
    this.#inFlight.add(sent)
  }

  async #deliver(item: Item): Promise<void> {
    try {
      await this.deliver(item)
    } catch (error) {
      // The item stays leased, and is claimed again after that.
      this.#log.error({ err: error }, 'storing the result of an item of the outbox failed, will retry')
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    if (milliseconds === 0 || this.#isWoken || this.#isClosed) return
    await new Promise<void>((resolve) => {
      const cancel = this.#timers.after(milliseconds, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
  }
}
