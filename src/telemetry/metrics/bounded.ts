/** What stands for every value beyond the first so many. */
export const beyond = 'other'

/**
 * Keeps the number of series small, whatever names there are: each costs memory here and in whoever reads them.
 * @returns whether a value is one of the first `limit`.
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
