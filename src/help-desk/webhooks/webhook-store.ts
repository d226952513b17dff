import type { Delivery, DeliveryState } from './delivery.ts'
import type { Webhook } from './webhook.ts'

/** Which deliveries a list shows, newest first. */
export type DeliveryQuery = {
  realm: string
  /** Of this receiver; of all if unset. */
  receiver: string | undefined
  state: DeliveryState | undefined
  /** Those after this one in the list; from the beginning if unset. */
  after: { createdAt: number; id: string } | undefined
  limit: number
}

/**
 * Receivers, and what is owed to them. What happens to a check is owed with the very change, in one unit; the queue of
 * outgoing calls does the rest. Every write is durable when its promise resolves.
 */
export interface WebhookStore {
  all(realm: string): Promise<Webhook[]>
  read(realm: string, id: string): Promise<Webhook | undefined>
  /** Creates or replaces. */
  save(receiver: Webhook): Promise<void>
  /** Takes along what is owed to it. @returns whether it was there. */
  remove(realm: string, id: string): Promise<boolean>

  deliveries(wanted: DeliveryQuery): Promise<Delivery[]>
  delivery(id: string): Promise<Delivery | undefined>
  /** Owes one that no check makes: a test. */
  owe(test: Pick<Delivery, 'id' | 'realm' | 'receiver'>, now: number): Promise<void>
  /** Has it sent anew, at once and with all its tries. @returns whether it was there. */
  sendAgain(realm: string, id: string, now: number): Promise<boolean>
  /** Owes the end by time of checks that nobody ended, whose time ran out after `since`. @returns how many deliveries. */
  oweExpired(since: number, now: number): Promise<number>
  /** Forgets deliveries made before `before`. @returns how many. */
  forget(before: number): Promise<number>
}
