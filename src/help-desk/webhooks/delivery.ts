import type { ToldEvent } from './webhook.ts'

/** It waits for its next try, was taken by its receiver, or was given up. */
export const deliveryStates = ['waiting', 'delivered', 'failed'] as const

export type DeliveryState = (typeof deliveryStates)[number]

/** One event that is owed to one receiver, and how far that is. Times are epoch milliseconds. */
export type Delivery = {
  /** Sent along at every try: the same event has the same one. */
  id: string
  realm: string
  receiver: string
  /** Of the check; undefined for a test. */
  transactionHash: string | undefined
  reference: string | undefined
  event: ToldEvent | 'test'
  /** Place of the event in the timeline; undefined for what is not in there. */
  sequence: number | undefined
  /** When the event happened. */
  at: number
  createdAt: number
  state: DeliveryState
  tries: number
  /** HTTP status of the last answer; undefined before the first, and where there was none. */
  lastStatus: number | undefined
  lastTriedAt: number | undefined
  /** Undefined unless it waits. */
  nextTryAt: number | undefined
}
