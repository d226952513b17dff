import type { JsonObject } from '../journey/json.ts'
import type { Transaction, TransactionChange, TransactionEvent } from './transaction.ts'

/** What the backchannel asks of storage. Every write is durable when its promise resolves. */
export interface TransactionStore {
  /** As stored, gone or not: callers decide with `isGone`. */
  read(idHash: string): Promise<Transaction | undefined>

  /** Events with a higher sequence number, in order. */
  eventsAfter(idHash: string, sequence: number): Promise<TransactionEvent[]>

  /**
   * Appends a notification and merges its data, in one transaction of the database.
   *
   * @param key names this notification; a second call with the same key changes nothing and answers as the first.
   * @returns the sequence number, or undefined when the transaction is gone or completed.
   */
  notify(idHash: string, key: string, data: JsonObject, now: number): Promise<number | undefined>

  /** Applies changes outside a journey's step. @returns false when a `complete` came too late; then nothing is saved. */
  apply(changes: readonly TransactionChange[]): Promise<boolean>

  /** Forgets transactions that ended before `before` (epoch milliseconds), events included. @returns how many. */
  forget(before: number): Promise<number>
}
