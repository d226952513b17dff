const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Milliseconds of each unit, and its names. */
const units: readonly (readonly [milliseconds: number, names: RegExp])[] = [
  [7 * day, /^(weeks?|w)$/],
  [day, /^(days?|d)$/],
  [hour, /^(hours?|h)$/],
  [minute, /^(minutes?|min|m)$/],
  [second, /^(seconds?|sec|s)$/],
  [1, /^(milliseconds?|millisec|millis?|ms)$/],
]

const endless = /^(unlimited|indefinite|infinity|undefined|none)$/
const nothing = /^(zero|disabled)$/

/**
 * Parses a duration to milliseconds: `1 week`, `3 days and 12 hours`, `unlimited`. A plain number counts minutes.
 * Source: "Time Since Decision node".
 * @returns undefined for invalid text
 */
export function durationOf(text: string): number | undefined {
  const words = text.trim().toLowerCase()
  if (endless.test(words)) return Number.POSITIVE_INFINITY
  if (nothing.test(words)) return 0
  if (/^\d+$/.test(words)) return Number(words) * minute
  const parts = words.split(/\s*,\s*(?:and\s+)?|\s+and\s+|(?<=[a-z])\s+(?=\d)/).map(partOf)
  return parts.reduce<number | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  )
}

function partOf(text: string): number | undefined {
  const [, count = '', name = ''] = /^(\d+)\s*([a-z]+)$/.exec(text) ?? []
  const unit = units.find(([, names]) => names.test(name))
  return unit === undefined ? undefined : Number(count) * unit[0]
}
