import type { AccountEffects } from '../../people/account-changes/account-effects.ts'
import type { TransactionEvent } from '../transactions/transaction.ts'
import type { Verification } from './verification.ts'

/** One try of the code, as the timeline has it. */
export type CodeEvent = Extract<TransactionEvent, { kind: 'codeMatched' | 'codeWrong' }>

/** What verifications ask of storage. Every write is durable when its promise resolves. */
export interface VerificationStore {
  read(idHash: string): Promise<Verification | undefined>

  /**
   * Counts one try of the code, as long as there is one left and the transaction is under way. The last wrong one denies
   * the transaction. Of tries that race, no more than are left count.
   * @param key names the try: once it was counted, it is answered and not counted again.
   * @returns what was counted; undefined when nothing could be.
   */
  guess(idHash: string, key: string, isRight: boolean, now: number): Promise<CodeEvent | undefined>

  /**
   * Uses a result, once: while it is approved, nobody said "this is not me", and it is not older than `since`
   * (epoch milliseconds).
   * @param effects saved in the same unit; `withAccountEffects` fills it in.
   * @returns whether this call is the one that used it.
   */
  use(idHash: string, by: string, since: number, now: number, effects?: AccountEffects): Promise<boolean>

  /**
   * When somebody of the realm said last that a check was not theirs, and no lead has lifted the pause that this began;
   * epoch milliseconds.
   */
  rejectedAt(realm: string, subjectId: string, since: number): Promise<number | undefined>

  /** Lifts that pause. @returns whether there was one. */
  lift(realm: string, subjectId: string): Promise<boolean>

  /** Forgets those whose transaction is forgotten. @returns how many. */
  forget(): Promise<number>
}
