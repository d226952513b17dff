import type { Level } from '../../engine/level.ts'
import type { Method } from '../../engine/methods.ts'
import type { Transaction } from '../transactions/transaction.ts'

/**
 * What a help desk's check has beside its transaction, which has the same key: codes, how the caller proved who they are,
 * and the one use of the result. A transaction that an agent's journey opened for somebody has one; all others are as AM's.
 */
export type Verification = {
  idHash: string
  realm: string
  /** Sealed codes. */
  codes: string
  /** How often the code may still be typed. */
  triesLeft: number
  /** When the code was typed right last; epoch milliseconds. */
  matchedAt: number | undefined
  /** Whether the code was typed in the very journey that completed the transaction. Set with the result, as what follows. */
  isBound: boolean
  methods: readonly Method[]
  level: Level
  /** When the result was used, and by whom; it can be used once. */
  usedAt: number | undefined
  usedBy: string | undefined
}

/** What becomes of one together with a journey's step. */
export type VerificationChange =
  | { kind: 'open'; verification: Verification; now: number }
  | ({ kind: 'prove'; idHash: string } & Pick<Verification, 'isBound' | 'methods' | 'level'>)

/** Whether a transaction is a check of a help desk: an agent opened it, for somebody in particular. */
export function isCheck(
  transaction: Pick<Transaction, 'openedBy' | 'subject'>,
): transaction is Transaction & { subject: NonNullable<Transaction['subject']> } {
  return transaction.openedBy.isHelpDesk && transaction.subject !== undefined
}
