import type { Limit, LimitWindow } from './limit.ts'

/**
 * What limits ask of storage, which all servers share. A count is durable when its promise resolves, and exact: of those
 * that count at the same time no more get through than the limit allows.
 */
export interface LimitStore {
  /** The window of a key; undefined when there is none, or when it is over. */
  read(key: string, now: number): Promise<LimitWindow | undefined>

  /**
   * Counts, and begins a window where there is none. A window that is full counts nothing more.
   * @param by at least 1; all of it counts as long as the window is not full.
   * @returns the window afterwards; undefined when it was full.
   */
  take(limit: Limit, now: number, by?: number): Promise<LimitWindow | undefined>

  /** Removes windows, whether they are over or not. */
  remove(keys: readonly string[]): Promise<void>

  /** Removes all windows whose key begins with the prefix. */
  removeBelow(prefix: string): Promise<void>

  /** Forgets windows that are over. @returns how many. */
  forget(now: number): Promise<number>
}
