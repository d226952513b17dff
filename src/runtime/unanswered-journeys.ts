import { BusyError, tooMany } from '../errors.ts'

/** When a client that started too many can try again, in milliseconds. */
const retryMs = 30_000

/** How often entries whose time is over are looked for at most, in milliseconds. */
const sweepEveryMs = 1000

/**
 * The journeys that were started here and not answered yet. Anybody can start a journey, and each one is stored, so their
 * number needs a bound. An answer that arrives at another server leaves the entry until the journey expires.
 */
export class UnansweredJourneys {
  readonly #most: number
  /** The share of one address, or of one network of 64 bits. */
  readonly #mostOfSource: number
  readonly #waiting = new Map<string, { source: string; expiresAt: number }>()
  readonly #bySource = new Map<string, number>()
  #sweptAt = 0

  /** @param most one source can have a tenth of them. */
  constructor(most: number) {
    this.#most = most
    this.#mostOfSource = Math.ceil(most / 10)
  }

  /**
   * Adds a journey before it runs.
   * @param now and expiresAt are epoch milliseconds.
   * @throws BusyError when all places are taken. @throws RequestError 429 when this source has too many.
   */
  add(idHash: string, source: string, expiresAt: number, now: number): void {
    if (this.#isFull() || this.#hasShare(source)) this.#sweep(now)
    if (this.#isFull()) throw new BusyError('journeys', 'too many journeys wait for an answer')
    if (this.#hasShare(source)) {
      throw tooMany({
        problem: 'tooManyJourneys',
        message: 'Too many journeys from this address were started and not answered',
        waitMs: retryMs,
      })
    }
    this.#waiting.set(idHash, { source, expiresAt })
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + 1)
  }

  /** Removes a journey that was answered or is over. Unknown ones are ignored. */
  remove(idHash: string): void {
    const source = this.#waiting.get(idHash)?.source
    if (source === undefined) return
    this.#waiting.delete(idHash)
    const left = (this.#bySource.get(source) ?? 0) - 1
    if (left > 0) this.#bySource.set(source, left)
    else this.#bySource.delete(source)
  }

  #isFull(): boolean {
    return this.#waiting.size >= this.#most
  }

  #hasShare(source: string): boolean {
    return (this.#bySource.get(source) ?? 0) >= this.#mostOfSource
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < sweepEveryMs) return
    this.#sweptAt = now
    for (const [idHash, { expiresAt }] of this.#waiting) if (expiresAt <= now) this.remove(idHash)
  }
}
