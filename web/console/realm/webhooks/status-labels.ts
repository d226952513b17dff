import { relativeTime } from '../../components/relative-time.ts'
import { maxCounted, type WebhookStatus } from './use-webhook-status.ts'

/** How many, as far as they are counted. */
export function countText(count: number): string {
  return count > maxCounted ? `more than ${maxCounted}` : String(count)
}

/** When something was last delivered. */
export function lastDeliveryText({ lastDeliveredAt }: WebhookStatus): string {
  return lastDeliveredAt === undefined
    ? 'Nothing delivered yet'
    : `Last delivered ${relativeTime(lastDeliveredAt)}`
}

/** What goes with a receiver that is removed. */
export function pendingText(standing: WebhookStatus | undefined): string {
  if (standing === undefined) return 'What still waits for it is never sent.'
  const { waiting } = standing
  if (waiting === 0) return 'Nothing waits for it.'
  return waiting === 1
    ? '1 event still waits for it, and is never sent.'
    : `${countText(waiting)} events still wait for it, and are never sent.`
}
