import type { ShortCode } from './short-code.ts'

/** Stores short codes. A write is durable when its promise resolves. */
export interface ShortCodeStore {
  /**
   * Saves a code of an open transaction and replaces the earlier one of the same channel. It expires with the transaction.
   * @returns false, and saves nothing, if the transaction has ended or another code has the same MAC.
   */
  issue(code: Pick<ShortCode, 'idHash' | 'channel' | 'mac' | 'link'>, now: number): Promise<boolean>

  /** The code, even if it is used or expired. */
  find(mac: string): Promise<ShortCode | undefined>

  /**
   * Marks a code as used and appends the event to its transaction.
   * @returns false, and saves nothing, if the code is unknown, used or expired, or the transaction has ended.
   */
  redeem(code: Pick<ShortCode, 'idHash' | 'channel' | 'mac'>, now: number): Promise<boolean>

  /** Deletes codes that expired before `before` (epoch milliseconds). @returns how many. */
  deleteExpired(before: number): Promise<number>
}
