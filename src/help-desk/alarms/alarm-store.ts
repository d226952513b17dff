import type { Party } from '../transactions/transaction.ts'
import type { Alarm, AlarmSubject } from './alarm.ts'

/** The checks that count, newest or not: at most `limit` events after `since` (epoch milliseconds). */
export type SignQuery = AlarmSubject & { since: number; limit: number }

/** An event that counts: the object ids of the agents of its check, who opened it and who took it over. */
export type Sign = { agentIds: readonly string[] }

/** Stores the newest alarm of each kind and person. */
export interface AlarmStore {
  /** Reads events of checks by an index. Transactions that are no checks don't count. */
  signs(query: SignQuery): Promise<Sign[]>
  /** The newest alarm. */
  newest(subject: AlarmSubject): Promise<Alarm | undefined>
  /**
   * Replaces the newest alarm, unless that was raised after `since`, and queues the event for the realm's webhooks in the same unit.
   * Of servers that raise it at once, one succeeds.
   */
  raise(alarm: Alarm, since: number): Promise<boolean>
  find(realm: string, id: string): Promise<Alarm | undefined>
  /** Those that no lead has acknowledged, newest first; at most `limit`. */
  unread(realm: string, limit: number): Promise<Alarm[]>
  /** Records its first reader. @returns false if it is unknown or was acknowledged, or if the reader is involved. */
  acknowledge(realm: string, id: string, by: Party, now: number): Promise<boolean>
  /** @returns how many. */
  deleteRaisedBefore(before: number): Promise<number>
}
