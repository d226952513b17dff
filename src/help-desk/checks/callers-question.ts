import type { Rejection, Transaction } from '../transactions/transaction.ts'
import { isCheck } from './verification.ts'

/**
 * The first question of the caller's page. `whoCalled`: an attacker between both parties, who phones the desk as the caller
 * and the caller as the desk, can pass on both codes, but only the caller knows that they didn't call. `vouch`: the desk
 * asks the person about another caller. Only checks ask a question, because only they involve a phone call.
 */
export type CallersQuestion = 'whoCalled' | 'vouch'

export function callersQuestionOf(transaction: Transaction): CallersQuestion | undefined {
  // rule H5: otherwise the caller's page does not ask who called
  if (!isCheck(transaction)) return undefined
  return transaction.purpose.vouchFor === undefined ? 'whoCalled' : 'vouch'
}

/**
 * The rejection to record; undefined for an unsuitable reason. A person who was asked to vouch can only decline that, because
 * their own account and calls are not in question.
 */
export function rejectionFor(transaction: Transaction, reason: Rejection): Rejection | undefined {
  if (callersQuestionOf(transaction) === 'vouch') return 'notVouched'
  // rule H6: otherwise "someone called me" counts like any other rejection, or a rejection starts no pause
  return reason === 'notVouched' ? undefined : reason
}

/**
 * Whether the agent may see the reverse code: only once the caller's page shows it, or an agent could read it out to an
 * attacker who passes it on. For clients without our page, the start of the journey counts.
 */
export function isReverseCodeReleased({
  state,
  confirmedAt,
}: Pick<Transaction, 'state' | 'confirmedAt'>): boolean {
  return confirmedAt !== undefined || state !== 'CREATED'
}
