import { RequestError } from '../../../base/errors.ts'
import { isGone, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import { unreadable } from './transaction-access.ts'

export function completed(): RequestError {
  return refused('completed', 'The transaction already has a result')
}

export function refused(problem: string, message: string): RequestError {
  return new RequestError(409, message, { problem })
}

/** @param what was sent a moment ago. */
export function tooEarly(milliseconds: number, what: 'An email' | 'A message'): RequestError {
  const retryAfterSeconds = Math.ceil(milliseconds / 1000)
  return new RequestError(429, `${what} was sent a moment ago`, { retryAfterSeconds })
}

/** The reason why nothing was queued: another email or message, a result, or the end of the transaction came first. */
export async function sendProblem(
  { transactions, now }: { transactions: Pick<Transactions, 'read'>; now(): number },
  { idHash }: Transaction,
  early: (current: Transaction) => RequestError,
): Promise<RequestError> {
  const current = await transactions.read(idHash)
  if (current === undefined || isGone(current, now())) return unreadable()
  return current.state === 'COMPLETED' ? completed() : early(current)
}
