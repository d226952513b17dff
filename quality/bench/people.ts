/** People of the measurements, who all have this password. */
export const password = 'Bench-Pass-2026'

/** Enough people that no two clients sign in as the same one at a time. */
export const personCount = 400

export function userName(number: number): string {
  return `bench-${number % personCount}`
}
