import type { WaitingEntry } from '../../../audit/audit-store.ts'
import type { Limit } from '../../../limits/limit.ts'
import type { Push } from './push.ts'

/** Writes that are saved with an answer. */
export type AnswerEffects = {
  /** Limits that the answer counts towards. */
  limits: readonly Limit[]
  auditEntries: readonly WaitingEntry[]
  /** Denies all other sign-ins that wait for this person. */
  deniesOthersOf?: { realm: string; personId: string }
}

/** Pushes that wait for an answer, or have one. Journeys save and use them with their steps. */
export interface PushStore {
  read(idHash: string): Promise<Push | undefined>
  /** How many questions to a person wait or were denied, and have not expired. @param now epoch milliseconds. */
  countOpen(realm: string, personId: string, now: number): Promise<number>
  /**
   * Answers a push that waits and hasn't expired, with the effects of the answer or not at all. Of concurrent answers, one counts.
   * @param answer sealed. @param now epoch milliseconds.
   */
  answer(
    idHash: string,
    to: 'approved' | 'denied',
    answer: string,
    now: number,
    effects?: AnswerEffects,
  ): Promise<boolean>
  /** Deletes pushes that expired before `before`. @returns how many. */
  deleteExpiredBefore(before: number): Promise<number>
}
