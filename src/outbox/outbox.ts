import type { Logger } from 'pino'

/** What lies in an outbox, as far as sending in turn needs to know it. */
export type Sending<Item> = {
  /**
   * Takes what is due, the oldest first, and counts the attempt; until `until` it is nobody else's. Epoch milliseconds.
   */
  claim(now: number, until: number, limit: number): Promise<Item[]>
  /** Sends one and notes what became of it. Throws only when the outbox itself cannot be written. */
  deliver(item: Item): Promise<void>
  /** When the next is due, in epoch milliseconds; undefined when none waits. */
  nextDue(): Promise<number | undefined>
}

/** How many are on their way at once. */
const maxAtOnce = 4

/** Longer than anything takes to give up, so that nobody else sends what is on its way. */
const leaseMs = 3 * 60_000

/** The pauses double from the first to the longest; all tries together take about a day. */
const firstPauseMs = 5_000
const longestPauseMs = 2 * 3_600_000

/** After so many tries something is given up. */
export const maxAttempts = 20

/** How long to wait after so many tries, in milliseconds. */
export function pauseAfter(attempts: number): number {
  return Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs)
}

/** What other servers left half-way is looked for this often. */
const lookEveryMs = 60_000

/** Sends what lies in an outbox, a few at a time: at once when woken, later what is due later. */
export class Outbox<Item> {
  readonly #sending: Sending<Item>
  readonly #now: () => number
  readonly #log: Logger
  #isClosed = false
  /** Ends the pause under way. */
  #wake: () => void = () => undefined
  /** A hint that came while nobody was pausing. */
  #isHinted = false
  #running: Promise<void> = Promise.resolve()

  constructor(sending: Sending<Item>, { now, log }: { now(): number; log: Logger }) {
    this.#sending = sending
    this.#now = now
    this.#log = log
  }

  /** Begins to send; what an earlier run of the server left goes first. */
  start(): void {
    this.#running = this.#run()
  }

  /** Says that there is something in it. */
  wake(): void {
    this.#isHinted = true
    this.#wake()
  }

  /** Resolves when what is on its way has arrived or failed. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      this.#isHinted = false
      await this.#pause(await this.#round())
    }
  }

  /** @returns how long nothing is due, in milliseconds. */
  async #round(): Promise<number> {
    const now = this.#now()
    try {
      const items = await this.#sending.claim(now, now + leaseMs, maxAtOnce)
      await Promise.all(items.map((item) => this.#sending.deliver(item)))
      if (items.length > 0) return 0
      const next = await this.#sending.nextDue()
      return next === undefined ? lookEveryMs : Math.min(Math.max(next - this.#now(), 0), lookEveryMs)
    } catch (error) {
      this.#log.error({ err: error }, 'the outbox cannot be read; the next round tries again')
      return firstPauseMs
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    if (milliseconds === 0 || this.#isHinted || this.#isClosed) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds).unref()
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
