/**
 * Durations are counted in classes, four for each doubling, so that a median is off by at most a fifth, and two hours have
 * about ninety classes.
 */
export type DurationClass = { class: number; count: number }

/** For durations that nobody measured, such as that of an inner journey. */
export const unmeasured = -1

const highest = 120

/** The class of a duration in milliseconds. */
export function classOf(milliseconds: number): number {
  return Math.min(highest, Math.floor(4 * Math.log2(Math.max(0, milliseconds) + 1)))
}

/** The shortest duration of a class, in milliseconds. */
export function lowerBoundOf(durationClass: number): number {
  return 2 ** (durationClass / 4) - 1
}

/** The median in milliseconds, interpolated within its class. Undefined if no duration was measured. */
export function medianOf(classes: readonly DurationClass[]): number | undefined {
  const counts = new Map<number, number>()
  for (const { class: each, count } of classes) {
    if (each !== unmeasured && count > 0) counts.set(each, (counts.get(each) ?? 0) + count)
  }
  const half = [...counts.values()].reduce((sum, count) => sum + count, 0) / 2
  let below = 0
  for (const [current, count] of [...counts].toSorted(([one], [other]) => one - other)) {
    if (below + count >= half) {
      const [from, to] = [lowerBoundOf(current), lowerBoundOf(current + 1)]
      return Math.round(from + ((to - from) * (half - below)) / count)
    }
    below += count
  }
  return undefined
}
