import { BusyError, tooManyRequests } from '../errors.ts'

/** Retry-After for a client that started too many journeys. */
const retryMs = 30_000

/** Minimum interval between sweeps for expired entries. */
const sweepEveryMs = 1000

/**
 * Counts the journeys that were started on this server and not answered yet. Anonymous clients can start journeys, and each
 * one is stored, so their number needs a bound. An answer that arrives at another server leaves the entry until it expires.
 */
export class UnansweredJourneys {
  readonly #max: number
  /** Maximum for one IPv4 address, or for one IPv6 network of 64 bits. */
  readonly #maxOfSource: number
  readonly #waiting = new Map<string, { source: string; expiresAt: number }>()
  readonly #bySource = new Map<string, number>()
  #sweptAt = 0

  /** @param max for all sources together. One source can have a tenth of it. */
  constructor(max: number) {
    this.#max = max
    this.#maxOfSource = Math.ceil(max / 10)
  }

  /**
   * Adds a journey before it runs.
   * @param now and expiresAt are epoch milliseconds.
   * @throws BusyError when the maximum is reached. @throws RequestError 429 when this source has too many.
   */
  add(idHash: string, source: string, expiresAt: number, now: number): void {
    if (this.#isFull() || this.#hasShare(source)) this.#sweep(now)
    if (this.#isFull()) throw new BusyError('journeys', 'too many journeys wait for an answer')
    if (this.#hasShare(source)) {
      throw tooManyRequests({
        problem: 'tooManyJourneys',
        message: 'Too many journeys from this address were started and not answered',
        waitMs: retryMs,
      })
    }
    this.#waiting.set(idHash, { source, expiresAt })
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + 1)
  }

  /** Journeys that wait for an answer. Some may have expired since. */
  size(): number {
    return this.#waiting.size
  }

  /** Removes a journey that was answered or has ended. Unknown journeys are ignored. */
  remove(idHash: string): void {
    const source = this.#waiting.get(idHash)?.source
    if (source === undefined) return
    this.#waiting.delete(idHash)
    const left = (this.#bySource.get(source) ?? 0) - 1
    if (left > 0) this.#bySource.set(source, left)
    else this.#bySource.delete(source)
  }

  #isFull(): boolean {
    return this.#waiting.size >= this.#max
  }

  #hasShare(source: string): boolean {
    return (this.#bySource.get(source) ?? 0) >= this.#maxOfSource
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < sweepEveryMs) return
    this.#sweptAt = now
    for (const [idHash, { expiresAt }] of this.#waiting) if (expiresAt <= now) this.remove(idHash)
  }
}
