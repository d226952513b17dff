import type { WebhookEvent } from './webhook.ts'

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const

export type DeliveryState = (typeof deliveryStates)[number]

/** One event for one webhook, and the state of its delivery. Times are epoch milliseconds. */
export type Delivery = {
  /** The same for every attempt, so that webhooks can recognise repetitions. */
  id: string
  realm: string
  /** Id of the webhook. */
  receiver: string
  /** The check; undefined for a test event. */
  transactionHash: string | undefined
  reference: string | undefined
  event: WebhookEvent | 'test'
  /** Sequence number of the event; undefined if the timeline doesn't contain it. */
  sequence: number | undefined
  /** When the event happened. */
  at: number
  createdAt: number
  state: DeliveryState
  tries: number
  /** HTTP status of the last response, if there was one. */
  lastStatus: number | undefined
  lastTriedAt: number | undefined
  /** Undefined unless the delivery is waiting. */
  nextTryAt: number | undefined
}
