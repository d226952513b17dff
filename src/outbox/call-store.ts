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
  /** Removes a call that was made or given up. Deliveries stay listed with the result of the last attempt. */
  remove(id: string, tried: CallAttempt): Promise<void>
  /** Schedules a retry at `dueAt`. */
  postpone(id: string, dueAt: number, tried: CallAttempt): Promise<void>
  /** When the next call is due; undefined if none is waiting. */
  nextDue(): Promise<number | undefined>
  /** The number of waiting calls. */
  count(): Promise<number>
  /** Deletes waiting calls that were created before `before`. */
  deleteCreatedBefore(before: number): Promise<number>
}
