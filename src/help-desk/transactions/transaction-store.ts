import type { JsonObject } from '../../engine/json.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import type { Standing } from './standing.ts'
import type { Rejection, Transaction, TransactionChange, TransactionEvent } from './transaction.ts'

/** Which transactions a list shows, newest first. Times are epoch milliseconds. */
export type TransactionQuery = {
  realm: string
  /** Only those that this agent opened; all if unset. */
  agentId: string | undefined
  /** `open` is CREATED or IN_PROGRESS; all if unset. */
  standing: Standing | 'open' | undefined
  now: number
  /** Those after this one in the list; from the beginning if unset. */
  after: { createdAt: number; reference: string } | undefined
  limit: number
}

/** A transaction in a list, and what its events come to. */
export type ListedTransaction = {
  transaction: Transaction
  notifications: number
  /** Kind of the newest event; undefined before the first. */
  lastKind: TransactionEvent['kind'] | undefined
}

/** The states of a transaction that has no result yet. */
export type OpenState = Exclude<Transaction['state'], 'COMPLETED'>

/** What the backchannel asks of storage. Every write is durable when its promise resolves. */
export interface TransactionStore {
  /** As stored, gone or not: callers decide with `isGone`. */
  read(idHash: string): Promise<Transaction | undefined>

  /** As stored, gone or not. */
  byReference(realm: string, reference: string): Promise<Transaction | undefined>
  list(query: TransactionQuery): Promise<ListedTransaction[]>
  /** The transactions about one person that are under way, oldest first. */
  openAbout(realm: string, subjectId: string, now: number): Promise<Transaction[]>
  /** How many are under way in all realms, by state. */
  countOpen(now: number): Promise<Readonly<Record<OpenState, number>>>
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

  /** @returns false when it was completed, cancelled or over already; then nothing is saved. */
  cancel(idHash: string, now: number): Promise<boolean>
  /**
   * The person behind the link rejects it. `denied` ends a transaction that is under way; `late` only records the
   * rejection, because there is a result; `again`: it was rejected before. Undefined when it is gone.
   * @param beginsPause whether checks of the subject pause from now on.
   * @param reason `notMe` if unset.
   */
  reject(
    idHash: string,
    beginsPause: boolean,
    now: number,
    reason?: Rejection,
  ): Promise<'denied' | 'late' | 'again' | undefined>
  /** Records once that the caller says that they called. @returns false when it was recorded before, is completed or gone. */
  confirm(idHash: string, now: number): Promise<boolean>
  /**
   * Puts a mail with the link into the outbox, and remembers that.
   * @param since a mail after this moment (epoch milliseconds) makes it too early for another.
   * @returns false when it is too early, or the transaction is completed or gone; then nothing is saved.
   */
  send(idHash: string, mail: { to: string; queued: QueuedMail }, since: number, now: number): Promise<boolean>
  /**
   * Records whether the mail with the link went out, once for each mail.
   * @param mail id of the mail.
   * @returns false when that is recorded already, or the transaction has ended; then nothing is saved.
   */
  linkMailed(idHash: string, mail: string, isDelivered: boolean, now: number): Promise<boolean>
  /**
   * Takes out of transactions that ended before `before` what only their journeys needed, and leaves what lists show.
   * @returns how many.
   */
  forgetContent(before: number): Promise<number>
  /** Forgets transactions that ended before `before` (epoch milliseconds), events included. @returns how many. */
  forget(before: number): Promise<number>
}
