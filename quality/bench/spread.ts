/** A figure that was measured in several rounds. */
export type Spread = { median: number; low: number; high: number }

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) }
}

/** The ratios of each round, which compare runs that are close in time. */
export function ratiosOf(upper: readonly number[], lower: readonly number[]): number[] {
  return upper.map((value, round) => value / (lower[round] ?? Number.NaN))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = Number.isInteger(middle)
    ? sorted.slice(middle - 1, middle + 1)
    : sorted.slice(Math.floor(middle))
  return Number.isInteger(middle) ? (low + high) / 2 : low
}
