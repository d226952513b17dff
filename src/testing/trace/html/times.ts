/** The time of day on the clock of a walk, in UTC. @param at epoch milliseconds. */
export function timeText(at: number): string {
  const isPossible = Math.abs(at) <= 8.64e15
  return isPossible ? new Date(at).toISOString().slice(11, 19) : '–'
}

/** The day on the clock of a walk, in UTC. */
export function dayText(at: number): string {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString().slice(0, 10) : '–'
}
