import { relativeTime } from '../../components/relative-time.ts'
import { countedMost, type Standing } from './use-webhook-status.ts'

/** How many, as far as they are counted. */
export function howMany(count: number): string {
  return count > countedMost ? `more than ${countedMost}` : String(count)
}

/** When something was last delivered. */
export function lastInWords({ lastDeliveredAt }: Standing): string {
  return lastDeliveredAt === undefined
    ? 'Nothing delivered yet'
    : `Last delivered ${relativeTime(lastDeliveredAt)}`
}

/** What goes with a receiver that is removed. */
export function owedInWords(standing: Standing | undefined): string {
  if (standing === undefined) return 'What still waits for it is never sent.'
  const { waiting } = standing
  if (waiting === 0) return 'Nothing waits for it.'
  return waiting === 1
    ? '1 event still waits for it, and is never sent.'
    : `${howMany(waiting)} events still wait for it, and are never sent.`
}
