import { denials, isGone, rejectionOf, type Transaction } from './transaction.ts'

/** The status of a transaction for readers who may know that it exists. */
export const transactionStatuses = ['CREATED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const

export type TransactionStatus = (typeof transactionStatuses)[number]

/** How a transaction ended. */
export const endings = ['approved', 'denied', ...denials, 'cancelled', 'expired'] as const

export type Ending = (typeof endings)[number]

/** A completed transaction keeps its result after its expiry. */
export function statusOf(
  transaction: Pick<Transaction, 'isCancelled' | 'state' | 'expiresAt'>,
  now: number,
): TransactionStatus {
  if (transaction.isCancelled) return 'CANCELLED'
  if (transaction.state === 'COMPLETED') return 'COMPLETED'
  return isGone(transaction, now) ? 'EXPIRED' : transaction.state
}

/** Undefined while the transaction is open. */
export function endingOf(
  transaction: Pick<Transaction, 'isCancelled' | 'state' | 'expiresAt' | 'denial' | 'result'>,
  now: number,
): Ending | undefined {
  switch (statusOf(transaction, now)) {
    case 'CANCELLED':
      return 'cancelled'
    case 'EXPIRED':
      return 'expired'
    case 'COMPLETED':
      return transaction.denial ?? (transaction.result === 'APPROVED' ? 'approved' : 'denied')
    default:
      return undefined
  }
}

/** The ending as lists and numbers count it: a rejection after the result replaces the result. */
export function countedEndingOf(
  transaction: Parameters<typeof endingOf>[0] & Parameters<typeof rejectionOf>[0],
  now: number,
): Ending | undefined {
  return rejectionOf(transaction) ?? endingOf(transaction, now)
}

/** Epoch milliseconds; undefined while the transaction is open. */
export function endTimeOf(
  transaction: Pick<Transaction, 'isCancelled' | 'expiresAt' | 'endedAt'>,
  now: number,
): number | undefined {
  return transaction.endedAt ?? (isGone(transaction, now) ? transaction.expiresAt : undefined)
}
