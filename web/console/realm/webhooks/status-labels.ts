import { relativeTime } from '../../components/relative-time.ts'
import { maxCounted, type WebhookStatus } from './use-webhook-status.ts'

/** A count, "more than 100" beyond the limit. */
export function countText(count: number): string {
  return count > maxCounted ? `more than ${maxCounted}` : String(count)
}

/** Time of the last delivery. */
export function lastDeliveryText({ lastDeliveredAt }: WebhookStatus): string {
  return lastDeliveredAt === undefined
    ? 'No deliveries yet'
    : `Last delivered ${relativeTime(lastDeliveredAt)}`
}

/** Warns about pending deliveries before a webhook is deleted. */
export function pendingText(standing: WebhookStatus | undefined): string {
  if (standing === undefined) return 'Pending events will not be sent.'
  const { waiting } = standing
  if (waiting === 0) return 'No events are pending.'
  return waiting === 1
    ? '1 pending event will not be sent.'
    : `${countText(waiting)} pending events will not be sent.`
}
