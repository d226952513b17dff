/** The label value for all values beyond the limit. */
export const beyond = 'other'

/**
 * Bounds the number of series, because each costs memory here and in the monitoring system.
 * @returns a function that tells whether a value is one of the first `limit` distinct values.
 */
export function firstOnly(limit: number): (value: string) => boolean {
  const known = new Set<string>()
  return (value) => {
    if (known.has(value)) return true
    if (known.size >= limit) return false
    known.add(value)
    return true
  }
}
