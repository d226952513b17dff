import { type Cancel, systemNow, systemTimers, type Timers } from '../base/clock.ts'
import { VirtualTime } from '../testing/world/virtual-time.ts'

const tickMs = 100

/** A clock that runs like the system's, ahead of it by the time that was skipped. Timers follow it. */
export class DevClock implements Timers {
  readonly #due = new VirtualTime(systemNow())
  readonly #stopTicking: Cancel
  #aheadMs = 0

  constructor() {
    this.#stopTicking = systemTimers.every(tickMs, () => this.#runDue())
  }

  readonly now = (): number => systemNow() + this.#aheadMs

  /** How far the clock is ahead of the system's. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  after(milliseconds: number, work: () => void): Cancel {
    return this.#due.after(milliseconds + this.#untilNow(), work)
  }

  every(milliseconds: number, work: () => void): Cancel {
    return this.#due.every(milliseconds, work)
  }

  /** Skips time. Timers that are due then run before this returns. */
  pass(milliseconds: number): void {
    this.#aheadMs += milliseconds
    this.#runDue()
  }

  stop(): void {
    this.#stopTicking()
  }

  #runDue(): void {
    this.#due.pass(Math.max(0, this.#untilNow()))
  }

  /** Timers are up to a tick behind the clock. */
  #untilNow(): number {
    return this.now() - this.#due.now()
  }
}
