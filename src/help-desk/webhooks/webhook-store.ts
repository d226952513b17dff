import type { Delivery, DeliveryState } from './delivery.ts'
import type { Webhook } from './webhook.ts'

/** A query for deliveries, newest first. */
export type DeliveryQuery = {
  realm: string
  /** Id of a webhook; unset for all. */
  receiver: string | undefined
  state: DeliveryState | undefined
  /** Starts after this entry; unset for the beginning. */
  after: { createdAt: number; id: string } | undefined
  limit: number
}

/**
 * Stores webhooks and their deliveries. A change of a check enqueues its deliveries in the same unit, and the call outbox
 * sends them. Every write is durable when its promise resolves.
 */
export interface WebhookStore {
  all(realm: string): Promise<Webhook[]>
  read(realm: string, id: string): Promise<Webhook | undefined>
  /** Creates or replaces. */
  save(webhook: Webhook): Promise<void>
  /** Deletes a webhook with its deliveries. @returns whether it existed. */
  remove(realm: string, id: string): Promise<boolean>

  deliveries(query: DeliveryQuery): Promise<Delivery[]>
  delivery(id: string): Promise<Delivery | undefined>
  /** Enqueues a test event. */
  enqueueTest(test: Pick<Delivery, 'id' | 'realm' | 'receiver'>, now: number): Promise<void>
  /** Sends a delivery again at once, with all its attempts. @returns whether it existed. */
  sendAgain(realm: string, id: string, now: number): Promise<boolean>
  /** Enqueues deliveries for checks that expired after `since`. @returns how many. */
  enqueueExpired(since: number, now: number): Promise<number>
  /** Deletes deliveries created before `before`. @returns how many. */
  deleteDeliveriesBefore(before: number): Promise<number>
}
