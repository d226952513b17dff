import type * as z from 'zod/mini'
import { listDeliveries as listEndpoint, readDelivery as readEndpoint } from '../../contract/webhooks.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

/** `failed` deliveries have used all their attempts. */
export const deliveryStates = readEndpoint.answer.shape.state.options

/** The delivery of one event to one webhook. Times are epoch milliseconds. */
export type Delivery = z.infer<typeof readEndpoint.answer>

export type DeliveryState = Delivery['state']

export type DeliveryPage = { rows: Delivery[]; cookie: string | undefined }

export type DeliveryQuery = {
  webhook: string
  /** Default: all states. */
  state?: DeliveryState | undefined
  /** At most 100. */
  pageSize?: number
  /** Cookie of the previous page. */
  cookie?: string | undefined
  signal?: AbortSignal
}

function deliveriesPath(realm: string): string {
  return `${realmPath(realm)}/realm-config/help-desk/deliveries`
}

function deliveryPath(realm: string, id: string): string {
  return `${deliveriesPath(realm)}/${encodeURIComponent(id)}`
}

/** Newest first. Source: `docs/help-desk.md`, "Webhooks". */
export async function listDeliveries(
  realm: string,
  { webhook: receiver, state, pageSize = 50, cookie, signal }: DeliveryQuery,
): Promise<DeliveryPage> {
  const { result, pagedResultsCookie } = await request(listEndpoint.answer, deliveriesPath(realm), {
    query: { receiver, state, _pageSize: pageSize, _pagedResultsCookie: cookie },
    signal,
  })
  return { rows: result, cookie: pagedResultsCookie ?? undefined }
}

export function readDelivery(realm: string, id: string, signal?: AbortSignal): Promise<Delivery> {
  return request(readEndpoint.answer, deliveryPath(realm, id), { signal })
}

/** Queues the delivery again with the same id and all its attempts. */
export function sendDeliveryAgain(realm: string, id: string): Promise<Delivery> {
  return request(readEndpoint.answer, deliveryPath(realm, id), {
    method: 'POST',
    query: { _action: 'sendAgain' },
    body: {},
  })
}
