import type { Push } from './push.ts'

/** Pushes that wait for an answer, or have one. Journeys save and use them with their steps. */
export interface PushStore {
  read(idHash: string): Promise<Push | undefined>
  /**
   * Answers a push that waits and hasn't expired. Of concurrent answers, one counts.
   * @param answer sealed. @param now epoch milliseconds.
   */
  answer(idHash: string, to: 'approved' | 'denied', answer: string, now: number): Promise<boolean>
  /** Deletes pushes that expired before `before`. @returns how many. */
  deleteExpiredBefore(before: number): Promise<number>
}
