import { systemNow } from '../../base/clock.ts'

/** Epoch milliseconds by the clock of a database, which all of its servers follow. */
export type SharedClock = { now(): number; stop(): void }

/** Interval between comparisons of this machine's clock with the database's. */
const compareEveryMs = 10_000

/** Smaller differences come from network latency, and the time must not jump because of them. */
const toleratedMs = 20

/** Slower responses are too imprecise to use. */
const maxLatencyMs = 500

/**
 * This machine's clock, corrected by its difference from the database's.
 * @param read returns the database's time. An error on a later comparison keeps the last correction.
 */
export async function sharedClock(read: () => Promise<number>): Promise<SharedClock> {
  let ahead = 0
  async function compare(maxLatency: number): Promise<void> {
    const before = systemNow()
    const theirs = await read()
    const after = systemNow()
    const found = theirs - (before + after) / 2
    if (after - before <= maxLatency && Math.abs(found - ahead) > toleratedMs) ahead = Math.round(found)
  }
  await compare(Number.POSITIVE_INFINITY)
  const timer = setInterval(() => void compare(maxLatencyMs).catch(() => undefined), compareEveryMs)
  timer.unref()
  return { now: () => systemNow() + ahead, stop: () => clearInterval(timer) }
}
