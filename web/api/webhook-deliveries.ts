import type { AnswerOf } from '../../contract/endpoint.ts'
import {
  listDeliveries as listEndpoint,
  readDelivery as readEndpoint,
  resendDelivery,
} from '../../contract/webhooks.ts'
import { callAction, callEndpoint } from './endpoint.ts'

/** `failed` deliveries have used all their attempts. */
export const deliveryStates = readEndpoint.answer().shape.state.options

/** The delivery of one event to one webhook. Times are epoch milliseconds. */
export type Delivery = AnswerOf<typeof readEndpoint>

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

/** Newest first. Source: `docs/help-desk.md`, "Webhooks". */
export async function listDeliveries(
  realm: string,
  { webhook: receiver, state, pageSize = 50, cookie, signal }: DeliveryQuery,
): Promise<DeliveryPage> {
  const query = { receiver, state, _pageSize: pageSize, _pagedResultsCookie: cookie }
  const { result, pagedResultsCookie } = await callEndpoint(listEndpoint, { realm, query, signal })
  return { rows: result, cookie: pagedResultsCookie ?? undefined }
}

export function readDelivery(realm: string, id: string, signal?: AbortSignal): Promise<Delivery> {
  return callEndpoint(readEndpoint, { realm, id, signal })
}

/** Queues the delivery again with the same id and all its attempts. */
export function sendDeliveryAgain(realm: string, id: string): Promise<Delivery> {
  return callAction(resendDelivery, 'sendAgain', { realm, id })
}
