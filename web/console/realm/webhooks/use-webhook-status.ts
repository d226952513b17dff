import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isSignedOut } from '../../../api/own-session.ts'
import { type DeliveryPage, type DeliveryState, listDeliveries } from '../../../api/webhook-deliveries.ts'

/** Seconds between two readings as long as something waits. */
export const refreshSeconds = 3

/** Seconds between two readings where nothing waits, for what happens meanwhile. */
export const idleRefreshSeconds = 15

/** So many deliveries of a state are counted. */
export const maxCounted = 100

/** How it stands with what a receiver is told; what is more than {@link maxCounted} is not counted. */
export type WebhookStatus = {
  /** Epoch milliseconds; undefined where nothing was delivered as long as deliveries are kept. */
  lastDeliveredAt: number | undefined
  waiting: number
  givenUp: number
}

/** What was delivered to a receiver, what waits for it, and what was given up. It renews itself while something waits. */
export function useWebhookStatus(realm: string, receiver: string) {
  return useQuery({
    queryKey: statusKey(realm, receiver),
    queryFn: ({ signal }) => readStatus(realm, receiver, signal),
    refetchInterval: ({ state: { data, error } }) =>
      !isSignedOut(error) && data !== undefined && data.waiting > 0 && refreshSeconds * 1_000,
  })
}

/** @returns what reads anew what a receiver is told, once something was sent to it. */
export function useRefreshDeliveries(realm: string, receiver: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: statusKey(realm, receiver) }),
      queries.invalidateQueries({ queryKey: ['deliveries', realm, receiver] }),
    ])
  }
}

function statusKey(realm: string, receiver: string) {
  return ['receiver-standing', realm, receiver]
}

async function readStatus(realm: string, receiver: string, signal: AbortSignal): Promise<WebhookStatus> {
  const read = (state: DeliveryState, pageSize: number) =>
    listDeliveries(realm, { webhook: receiver, state, pageSize, signal })
  // One that was tried for long may have come through after younger ones.
  const [delivered, waiting, failed] = await Promise.all([
    read('delivered', 20),
    read('waiting', maxCounted),
    read('failed', maxCounted),
  ])
  const times = delivered.rows.map(({ lastTriedAt, at }) => lastTriedAt ?? at)
  return {
    lastDeliveredAt: times.length === 0 ? undefined : Math.max(...times),
    waiting: countOf(waiting),
    givenUp: countOf(failed),
  }
}

/** One more than {@link maxCounted} where there are more. */
function countOf({ rows, cookie }: DeliveryPage): number {
  return cookie === undefined ? rows.length : maxCounted + 1
}
