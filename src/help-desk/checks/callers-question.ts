import type { Rejection, Transaction } from '../transactions/transaction.ts'
import { isCheck } from './verification.ts'

/**
 * What the caller's page asks before anything else. `whoCalled`: an attacker in the middle phones the desk as the caller
 * and the caller as the desk, and can pass on both codes; only the caller knows that they didn't call. `vouch`: the desk
 * called the person, who is asked about somebody else. Transactions that are no checks have nobody on the phone.
 */
export type CallersQuestion = 'whoCalled' | 'vouch'

export function callersQuestionOf(transaction: Transaction): CallersQuestion | undefined {
  if (!isCheck(transaction)) return undefined
  return transaction.purpose.vouchFor === undefined ? 'whoCalled' : 'vouch'
}

/**
 * What a rejection counts as; undefined for a reason that doesn't fit. A person who was asked to vouch can only refuse that:
 * neither their own account nor a call of theirs is in question.
 */
export function rejectionFor(transaction: Transaction, reason: Rejection): Rejection | undefined {
  if (callersQuestionOf(transaction) === 'vouch') return 'notVouched'
  return reason === 'notVouched' ? undefined : reason
}

/**
 * Whether the agent may have the reverse code: the caller's page shows it now. Earlier the agent could read it out to an
 * attacker, who passes it on. Clients that start the journey without our page confirm nothing: their start counts.
 */
export function isReverseCodeReleased({
  state,
  confirmedAt,
}: Pick<Transaction, 'state' | 'confirmedAt'>): boolean {
  return confirmedAt !== undefined || state !== 'CREATED'
}
