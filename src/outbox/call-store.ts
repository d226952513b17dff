import type { CallAttempt, QueuedCall } from './call.ts'

/**
 * Outgoing calls that wait to be made. They are added in one unit with their cause, such as the end of a session. Times are
 * epoch milliseconds; every write is durable when its promise resolves.
 */
export interface CallStore {
  /**
   * Leases due entries until `until`, oldest first, and counts the attempt. If this server dies, another one takes them over
   * after the lease.
   */
  claim(now: number, until: number, limit: number): Promise<QueuedCall[]>
  /** Removes a call that was made, or a delivery that was given up. Deliveries stay listed with the result of the last attempt. */
  remove(id: string, tried: CallAttempt): Promise<void>
  /** Schedules a retry at `dueAt`, unless the next attempt has begun. @param problem why the attempt failed. */
  postpone(id: string, dueAt: number, tried: CallAttempt, problem: string): Promise<void>
  /** Gives a call up, unless the next attempt has begun. It stays listed without its content. */
  fail(id: string, tried: CallAttempt, problem: string): Promise<void>
  /** Calls that wait or were given up, newest first. */
  list(limit: number): Promise<QueuedCall[]>
  /** Makes a postponed call due. @returns false if it isn't postponed, such as during an attempt. */
  tryNow(id: string, now: number): Promise<boolean>
  /** Removes a call, unless an attempt is under way, and ends its delivery. @returns it, if it was removed. */
  discard(id: string): Promise<QueuedCall | undefined>
  /** When the next call is due; undefined if none is waiting. */
  nextDue(): Promise<number | undefined>
  /** The number of waiting calls. */
  count(): Promise<number>
  /** Deletes waiting calls that were created before `before`. */
  deleteCreatedBefore(before: number): Promise<number>
}
