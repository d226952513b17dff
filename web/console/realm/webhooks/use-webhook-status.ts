import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isSignedOut } from '../../../api/own-session.ts'
import { type DeliveryPage, type DeliveryState, listDeliveries } from '../../../api/webhook-deliveries.ts'

/** Refresh interval while deliveries are pending. */
export const refreshSeconds = 3

/** Refresh interval while nothing is pending. */
export const idleRefreshSeconds = 15

/** Deliveries of a state are counted up to this number. */
export const maxCounted = 100

/** Delivery status of a webhook. Counts stop after {@link maxCounted}. */
export type WebhookStatus = {
  /** Epoch milliseconds. Undefined without a delivery in the retention time. */
  lastDeliveredAt: number | undefined
  waiting: number
  failed: number
}

/** Reads the delivery status of a webhook, and refreshes it while deliveries are pending. */
export function useWebhookStatus(realm: string, webhook: string) {
  return useQuery({
    queryKey: statusKey(realm, webhook),
    queryFn: ({ signal }) => readStatus(realm, webhook, signal),
    refetchInterval: ({ state: { data, error } }) =>
      !isSignedOut(error) && data !== undefined && data.waiting > 0 && refreshSeconds * 1_000,
  })
}

/** @returns a function that refreshes status and deliveries. */
export function useRefreshDeliveries(realm: string, webhook: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: statusKey(realm, webhook) }),
      queries.invalidateQueries({ queryKey: ['deliveries', realm, webhook] }),
    ])
  }
}

function statusKey(realm: string, webhook: string) {
  return ['webhook-status', realm, webhook]
}

async function readStatus(realm: string, webhook: string, signal: AbortSignal): Promise<WebhookStatus> {
  const read = (state: DeliveryState, pageSize: number) =>
    listDeliveries(realm, { webhook, state, pageSize, signal })
  // A delivery that was retried for long may have succeeded after newer ones.
  const [delivered, waiting, failures] = await Promise.all([
    read('delivered', 20),
    read('waiting', maxCounted),
    read('failed', maxCounted),
  ])
  const times = delivered.rows.map(({ lastTriedAt, at }) => lastTriedAt ?? at)
  return {
    lastDeliveredAt: times.length === 0 ? undefined : Math.max(...times),
    waiting: countOf(waiting),
    failed: countOf(failures),
  }
}

/** `maxCounted + 1` if there are more. */
function countOf({ rows, cookie }: DeliveryPage): number {
  return cookie === undefined ? rows.length : maxCounted + 1
}
