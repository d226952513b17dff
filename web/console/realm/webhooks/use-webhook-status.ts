import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isSignedOut } from '../../../api/own-session.ts'
import { type DeliveryPage, type DeliveryState, listDeliveries } from '../../../api/webhook-deliveries.ts'

/** Seconds between two readings as long as something waits. */
export const renewalSeconds = 3

/** Seconds between two readings where nothing waits, for what happens meanwhile. */
export const idleSeconds = 15

/** So many deliveries of a state are counted. */
export const countedMost = 100

/** How it stands with what a receiver is told; what is more than {@link countedMost} is not counted. */
export type Standing = {
  /** Epoch milliseconds; undefined where nothing was delivered as long as deliveries are kept. */
  lastDeliveredAt: number | undefined
  waiting: number
  givenUp: number
}

/** What was delivered to a receiver, what waits for it, and what was given up. It renews itself while something waits. */
export function useStanding(realm: string, receiver: string) {
  return useQuery({
    queryKey: standingKey(realm, receiver),
    queryFn: ({ signal }) => readStanding(realm, receiver, signal),
    refetchInterval: ({ state: { data, error } }) =>
      !isSignedOut(error) && data !== undefined && data.waiting > 0 && renewalSeconds * 1_000,
  })
}

/** @returns what reads anew what a receiver is told, once something was sent to it. */
export function useReadAnew(realm: string, receiver: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: standingKey(realm, receiver) }),
      queries.invalidateQueries({ queryKey: ['deliveries', realm, receiver] }),
    ])
  }
}

function standingKey(realm: string, receiver: string) {
  return ['receiver-standing', realm, receiver]
}

async function readStanding(realm: string, receiver: string, signal: AbortSignal): Promise<Standing> {
  const read = (state: DeliveryState, pageSize: number) =>
    listDeliveries(realm, { webhook: receiver, state, pageSize, signal })
  // One that was tried for long may have come through after younger ones.
  const [delivered, waiting, failed] = await Promise.all([
    read('delivered', 20),
    read('waiting', countedMost),
    read('failed', countedMost),
  ])
  const times = delivered.rows.map(({ lastTriedAt, at }) => lastTriedAt ?? at)
  return {
    lastDeliveredAt: times.length === 0 ? undefined : Math.max(...times),
    waiting: countOf(waiting),
    givenUp: countOf(failed),
  }
}

/** One more than {@link countedMost} where there are more. */
function countOf({ rows, cookie }: DeliveryPage): number {
  return cookie === undefined ? rows.length : countedMost + 1
}
