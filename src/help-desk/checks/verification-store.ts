import { z } from 'zod'
import type { AccountEffects } from '../../people/account-changes/account-effects.ts'
import type { TransactionEvent } from '../transactions/transaction.ts'
import type { Verification } from './verification.ts'

/** The event of an attempt to enter the code. */
export type CodeEvent = Extract<TransactionEvent, { kind: 'codeMatched' | 'codeWrong' }>

/** A time span: later than `after`, up to and including `by`. Epoch milliseconds. */
export type EndedTimes = { after: number; by: number }

/** Conditions of a use. `reportedAfter`: it is refused if the person reported an attack after this time. */
export type UseTimes = EndedTimes & { reportedAfter: number }

/** Who lifted a pause, when (epoch milliseconds) and why. */
export const pauseLiftSchema = z.object({ by: z.string(), at: z.number(), reason: z.string() })

export type PauseLift = z.infer<typeof pauseLiftSchema>

/**
 * Who uses a result: the id of the agent or client, and the agent of the check at that time. `key`: chosen by the client, the
 * same for repetitions of a request.
 */
export type UserOfResult = { id: string; agent: string; key?: string | undefined }

/** Who withdraws a result: the id and name. `agent`: who must be the agent of the check; undefined for leads. */
export type WithdrawerOfResult = { id: string; displayName: string; agent: string | undefined }

/** Stores what a check has beyond its transaction. A write is durable when its promise resolves. */
export interface VerificationStore {
  read(idHash: string): Promise<Verification | undefined>

  /**
   * Counts an attempt at the code if the transaction is open and has attempts left. The last wrong one denies the
   * transaction. Concurrent attempts can't exceed the limit.
   * @param key identifies the attempt: a repeated call returns the same result without counting.
   * @returns the event; undefined if no attempt is allowed.
   */
  guess(idHash: string, key: string, isRight: boolean, now: number): Promise<CodeEvent | undefined>

  /**
   * Marks a result as used if it is approved, unused, and neither rejected nor withdrawn, and the agent of the check is still
   * `by.agent`, and nobody whom it is about has reported an attack.
   * @param ended when the check must have ended.
   * @param effects saved in the same unit; `withAccountEffects` fills it in.
   * @returns false if the result cannot be used (again).
   */
  use(
    idHash: string,
    by: UserOfResult,
    ended: UseTimes,
    now: number,
    effects?: AccountEffects,
  ): Promise<boolean>

  /**
   * Withdraws a result under the same conditions, with an event.
   * @returns false if it can't be used or withdrawn (again).
   */
  withdraw(idHash: string, by: WithdrawerOfResult, ended: EndedTimes, now: number): Promise<boolean>

  /**
   * Time of the person's last "this is not me" after `since`, in epoch milliseconds. Undefined if the pause was lifted.
   */
  rejectedAt(realm: string, subjectId: string, since: number): Promise<number | undefined>

  /**
   * Lifts the pause after reports until `reportedBy`. A pause after a later one stays.
   * @returns false if there was none to lift.
   */
  liftPause(realm: string, subjectId: string, lift: PauseLift, reportedBy: number): Promise<boolean>

  /** Deletes rows whose transaction is gone. @returns their number. */
  deleteOrphans(): Promise<number>
}
