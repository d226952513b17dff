/** The system's clock, in epoch milliseconds. */
export const systemNow = (): number => Date.now()

/** Ends a timer. */
export type Cancel = () => void

/** Timers of work that follows the server's clock, such as expiries and retries. Tests replace them together with the clock. */
export type Timers = {
  /** Runs the work once after this time. */
  after(milliseconds: number, work: () => void): Cancel
  /** Runs the work in this interval. */
  every(milliseconds: number, work: () => void): Cancel
}

/** Real timers, which don't keep the process running. */
export const systemTimers: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds).unref()
    return () => clearTimeout(timer)
  },
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds).unref()
    return () => clearInterval(timer)
  },
}
