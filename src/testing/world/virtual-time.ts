import type { Timers } from '../../base/clock.ts'

type Timer = { at: number; every: number | undefined; work: () => void }

/** A clock that stands still until a walk waits, and timers that follow it. */
export class VirtualTime implements Timers {
  #now: number
  readonly #timers = new Set<Timer>()

  /** @param startAt epoch milliseconds. */
  constructor(startAt: number) {
    this.#now = startAt
  }

  readonly now = (): number => this.#now

  after(milliseconds: number, work: () => void): () => void {
    return this.#add({ at: this.#now + milliseconds, every: undefined, work })
  }

  every(milliseconds: number, work: () => void): () => void {
    return this.#add({ at: this.#now + milliseconds, every: milliseconds, work })
  }

  /** Lets this much time pass. Timers run in the order in which they are due. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (let timer = this.#nextUntil(end); timer !== undefined; timer = this.#nextUntil(end)) {
      this.#now = timer.at
      if (timer.every === undefined) this.#timers.delete(timer)
      else timer.at += timer.every
      timer.work()
    }
    this.#now = end
  }

  /** Runs the work at another time, which begins `offset` milliseconds from now. */
  async during<Value>(offset: number, work: () => Promise<Value>): Promise<Value> {
    this.#now += offset
    try {
      return await work()
    } finally {
      this.#now -= offset
    }
  }

  #nextUntil(end: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= end)
    return due.toSorted((left, right) => left.at - right.at)[0]
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }
}
