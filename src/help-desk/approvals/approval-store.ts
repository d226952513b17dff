import type { Party } from '../transactions/transaction.ts'
import type { Approval, ApprovalAnswer } from './approval.ts'

/** Stores requests for approval. Steps of front journeys save theirs in their own unit. */
export interface ApprovalStore {
  find(realm: string, id: string): Promise<Approval | undefined>
  /** Those of a front journey, newest first. */
  ofJourney(realm: string, journeySession: string): Promise<Approval[]>
  /** Those that wait for an answer at `now`, newest first; at most `limit`. */
  waiting(realm: string, now: number, limit: number): Promise<Approval[]>
  /** Those created after `since` (epoch milliseconds) that a person asked for or answered, newest first; at most `limit`. */
  ofPerson(realm: string, personId: string, since: number, limit: number): Promise<Approval[]>
  /** Answers a waiting request. Of concurrent answers, one succeeds. @returns false if it no longer waits. */
  answer(realm: string, id: string, by: Party, answer: ApprovalAnswer, now: number): Promise<boolean>
  /** @returns how many. */
  deleteCreatedBefore(before: number): Promise<number>
}
