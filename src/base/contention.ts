import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Maximum attempts of a change that is refused while others change the same row. Each refusal means that another change
 * was saved, so this many concurrent changes of one row all get through.
 */
export const maxAttempts = 30

/** The first retries come at once: most conflicts are over by then. */
const firstPause = 4
const growthMs = 4

/** Spreads the retries of concurrent changes by random pauses. @param attempt the next attempt, from 1. */
export async function pauseBefore(attempt: number): Promise<void> {
  if (attempt >= firstPause) await pause(randomInt(1, attempt * growthMs))
}
