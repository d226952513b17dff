import type { Party } from '../transactions/transaction.ts'
import type { Alarm, AlarmSubject } from './alarm.ts'

/** The checks that count, newest or not: at most `limit` events after `since` (epoch milliseconds). */
export type SignQuery = AlarmSubject & { since: number; limit: number }

/** An event that counts: the object ids of the agents of its check, who opened it, approved it, or took it over at any time. */
export type Sign = { agentIds: readonly string[] }

/** Stores the newest alarm of each kind and person. */
export interface AlarmStore {
  /** Reads events of checks by an index. Transactions that are no checks don't count. */
  signs(query: SignQuery): Promise<Sign[]>
  /** The newest alarm. */
  newest(subject: AlarmSubject): Promise<Alarm | undefined>
  /**
   * Replaces the newest alarm, unless that was raised or acknowledged after `since`, and queues the event for the realm's webhooks in
   * the same unit. Of servers that raise it at once, one succeeds.
   * @param since events after this were counted.
   */
  raise(alarm: Alarm, since: number): Promise<boolean>
  /** Adds to an alarm as it was read. @returns false if it changed since, such as when a lead has acknowledged it. */
  extend(read: Alarm, to: Pick<Alarm, 'count' | 'involved'>): Promise<boolean>
  find(realm: string, id: string): Promise<Alarm | undefined>
  /** Those that no lead has acknowledged, about the realm first, then newest first; at most `limit`. */
  unread(realm: string, limit: number): Promise<Alarm[]>
  /** Records its first reader. @returns false if it is unknown or was acknowledged, or if the reader is involved. */
  acknowledge(realm: string, id: string, by: Party, now: number): Promise<boolean>
  /** @returns how many. */
  deleteRaisedBefore(before: number): Promise<number>
}
