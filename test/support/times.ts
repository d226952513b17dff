import * as z from 'zod'

/** Seconds of the test files of one whole run: of each that takes long, and of all together. */
export const timesSchema = z.strictObject({ sum: z.number(), files: z.record(z.string(), z.number()) })

export type Times = z.infer<typeof timesSchema>

/** Seconds of a file below which it isn't recorded. */
const short = 5

export function recordable(seconds: Readonly<Record<string, number>>): Times {
  const long = Object.entries(seconds).filter(([, one]) => one >= short)
  const files = Object.fromEntries(
    long.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, Math.round(one)]),
  )
  return { sum: Math.round(sumOf(seconds)), files }
}

/**
 * Says what has become slower than in the recorded run. Machines differ, so the times of a recorded file, in the middle, tell how fast
 * this one is; and times of a file vary with what runs beside it, so only three times as long is too long.
 */
export function slowerThan(recorded: Times, seconds: Readonly<Record<string, number>>): string[] {
  const ratios = Object.entries(recorded.files).flatMap(([name, before]) => {
    const now = seconds[name]
    return now === undefined ? [] : [now / before]
  })
  // A run of a few files says nothing about the machine.
  if (ratios.length < 0.9 * Object.keys(recorded.files).length) return []
  const pace = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 1
  const files = Object.entries(seconds).flatMap(([name, now]) => {
    const before = recorded.files[name] ?? short
    return now > pace * (3 * before + 10) ? [`${name}: ${rounded(now / pace)} s instead of ${before} s`] : []
  })
  const sum = sumOf(seconds) / pace
  return sum > 1.3 * recorded.sum
    ? [...files, `all files: ${rounded(sum)} s instead of ${recorded.sum} s`]
    : files
}

const sumOf = (seconds: Readonly<Record<string, number>>): number =>
  Object.values(seconds).reduce((sum, one) => sum + one, 0)

const rounded = (value: number): string => value.toFixed(0)
