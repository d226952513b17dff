import type { MessageChange, QueuedMessage } from './message.ts'

/**
 * Messages that wait for a gateway, and those whose delivery it may still report. They are saved with the step or request
 * that causes them. Times are epoch milliseconds; every write is durable when its promise resolves.
 */
export interface MessageStore {
  /** Adds a message that neither a step nor a transaction causes. */
  add(message: QueuedMessage): Promise<void>
  /**
   * Leases queued messages that are due until `until`, oldest first, and counts the attempt. Expired ones are among them, so
   * that they can fail.
   * @param busy realms whose messages wait, at most four.
   */
  claim(now: number, until: number, limit: number, busy?: readonly string[]): Promise<QueuedMessage[]>
  /**
   * Moves a message forward, and records the change in the timeline of its transaction.
   * @param problem why it failed.
   * @returns false, and saves nothing, if the message is no longer in a state before the new one.
   */
  advance(
    message: Pick<QueuedMessage, 'id' | 'channel' | 'transactionHash'>,
    to: MessageChange,
    now: number,
    problem?: string,
  ): Promise<boolean>
  /** The message with this token, even if it has expired. */
  byToken(tokenHash: string): Promise<QueuedMessage | undefined>
  /**
   * Schedules a retry at `dueAt`, if the message is still queued and the next attempt has not begun.
   * @param message as claimed. @param problem why the attempt failed.
   */
  postpone(message: Pick<QueuedMessage, 'id' | 'attempts'>, dueAt: number, problem: string): Promise<void>
  /** Messages that wait or failed, newest first. */
  list(limit: number): Promise<QueuedMessage[]>
  /** Makes a postponed message due. @returns false if it isn't postponed, such as during an attempt. */
  tryNow(id: string, now: number): Promise<boolean>
  /**
   * Makes a queued message fail, unless an attempt is under way, and records that in the timeline of its transaction.
   * @returns it, if it failed by this.
   */
  discard(id: string, now: number): Promise<QueuedMessage | undefined>
  /** When the next message is due; undefined if none is waiting. */
  nextDue(): Promise<number | undefined>
  /** The number of waiting messages. */
  count(): Promise<number>
  /** Deletes messages that expired before `before`. */
  deleteExpiredBefore(before: number): Promise<number>
}
