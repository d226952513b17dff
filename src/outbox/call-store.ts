import type { QueuedCall, Tried } from './call.ts'

/**
 * Calls that wait to be made. They come in with what causes them, such as the end of a session, in one unit. Times are
 * epoch milliseconds; every write is durable when its promise resolves.
 */
export interface CallStore {
  /**
   * Takes those that are due, the oldest first, and counts the attempt. Until `until` nobody else gets them: should
   * this server stop half-way, another tries then.
   */
  claim(now: number, until: number, limit: number): Promise<QueuedCall[]>
  /** It was made, or never will be. A delivery stays in its list, with how the last try went. */
  remove(id: string, tried: Tried): Promise<void>
  /** It is tried again at `dueAt`. */
  postpone(id: string, dueAt: number, tried: Tried): Promise<void>
  /** When the next one is due; undefined when none waits. */
  nextDue(): Promise<number | undefined>
  /** How many wait. */
  count(): Promise<number>
  /** Forgets those made before `before` that nobody could make. */
  forget(before: number): Promise<number>
}
