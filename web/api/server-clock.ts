/** Differences below this come from the seconds of the `Date` header and the time on the way. Milliseconds. */
const tolerance = 2_000

let offset = 0

/** The server's time in epoch milliseconds, however wrong the clock of this computer is. Exact to about two seconds. */
export function serverNow(): number {
  return Date.now() + offset
}

/** Milliseconds to add to this computer's clock. */
export function serverOffset(): number {
  return offset
}

/**
 * Learns the server's time from a response.
 * @param date its `Date` header, which has whole seconds.
 * @param now this computer's time when it arrived.
 */
export function noteServerTime(date: string | null, now = Date.now()): void {
  const at = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(at)) return
  // The end of that second, so that a countdown never shows more time than there is.
  const measured = at + 1_000 - now
  // A new value only if the old one is wrong, so that countdowns don't jump.
  if (Math.abs(measured - offset) <= tolerance) return
  offset = Math.abs(measured) <= tolerance ? 0 : measured
}
