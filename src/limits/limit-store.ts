import type { Limit, LimitWindow } from './limit.ts'

/**
 * Stores the windows of limits for all servers. A count is durable when its promise resolves, and exact: concurrent counts
 * never exceed the limit.
 */
export interface LimitStore {
  /** The window of a key; undefined if there is none or it has ended. */
  read(key: string, now: number): Promise<LimitWindow | undefined>

  /**
   * Counts, and starts a window if there is none. A full window doesn't count further events.
   * @param by at least 1; counted completely unless the window is already full.
   * @returns the window afterwards; undefined if it was full.
   */
  take(limit: Limit, now: number, by?: number): Promise<LimitWindow | undefined>

  /** Takes one count back. A window that has ended stays as it is. */
  giveBack(key: string, now: number): Promise<void>

  /** Removes windows, ended or not. */
  remove(keys: readonly string[]): Promise<void>

  /** Removes all windows whose key starts with the prefix. */
  removeBelow(prefix: string): Promise<void>

  /** Deletes ended windows. @returns how many. */
  deleteEnded(now: number): Promise<number>
}
