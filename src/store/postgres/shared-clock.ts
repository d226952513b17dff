/** Epoch milliseconds by the clock of a database, which all of its servers go by. */
export type SharedClock = { now(): number; stop(): void }

/** How often the clocks are compared, in milliseconds. */
const compareEveryMs = 10_000

/** Smaller differences are those of the way there and back; time should not jump for them. */
const toleratedMs = 20

/** An answer that took longer says too little about the time. */
const longestMs = 500

/**
 * This machine's clock, set right by how far it is from the database's, looked at again from time to time.
 * @param read the database's time; what it throws leaves the clock as it was.
 */
export async function sharedClock(read: () => Promise<number>): Promise<SharedClock> {
  let ahead = 0
  async function compare(longest: number): Promise<void> {
    const before = Date.now()
    const theirs = await read()
    const after = Date.now()
    const found = theirs - (before + after) / 2
    if (after - before <= longest && Math.abs(found - ahead) > toleratedMs) ahead = Math.round(found)
  }
  await compare(Number.POSITIVE_INFINITY)
  const timer = setInterval(() => void compare(longestMs).catch(() => undefined), compareEveryMs)
  timer.unref()
  return { now: () => Date.now() + ahead, stop: () => clearInterval(timer) }
}
