import type { AccountEffects } from '../../people/account-changes/account-effects.ts'
import type { TransactionEvent } from '../transactions/transaction.ts'
import type { Verification } from './verification.ts'

/** An attempt at the code, as an event. */
export type CodeEvent = Extract<TransactionEvent, { kind: 'codeMatched' | 'codeWrong' }>

/** Stores the checks' own data. Every write is durable when its promise resolves. */
export interface VerificationStore {
  read(idHash: string): Promise<Verification | undefined>

  /**
   * Counts an attempt at the code while attempts are left and the transaction is open. The last wrong one denies the
   * transaction. Racing attempts can't exceed the limit.
   * @param key identifies the attempt: a repeated call returns the same result without counting.
   * @returns the event; undefined if the attempt can't count.
   */
  guess(idHash: string, key: string, isRight: boolean, now: number): Promise<CodeEvent | undefined>

  /**
   * Uses a result once, if it is approved, not rejected, and not older than `since` (epoch milliseconds).
   * @param effects saved in the same unit; `withAccountEffects` fills it in.
   * @returns whether this call used it.
   */
  use(idHash: string, by: string, since: number, now: number, effects?: AccountEffects): Promise<boolean>

  /**
   * When the person last rejected a check after `since`, unless the pause was lifted; epoch milliseconds.
   */
  rejectedAt(realm: string, subjectId: string, since: number): Promise<number | undefined>

  /** Lifts the pause. @returns whether there was one. */
  liftPause(realm: string, subjectId: string): Promise<boolean>

  /** Deletes entries without a transaction. @returns how many. */
  deleteOrphans(): Promise<number>
}
