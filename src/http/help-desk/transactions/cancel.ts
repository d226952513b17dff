import { cancelOpen } from '../../../../contract/backchannel.ts'
import type { AnswerOf } from '../../../../contract/endpoint.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { RequestError } from '../../../base/errors.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import { parseBody } from '../../body.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { accessibleTransaction, type TransactionAccess, unreadable } from './transaction-access.ts'
import { recordAction } from './transaction-audit.ts'

export type CancelDependencies = TransactionAccess & { audit(call: Call): AuditTrail }

/** Cancels an open transaction. */
export function backchannelCancelRoutes(from: CancelDependencies): Route[] {
  return [
    {
      ...cancelOpen,
      // The handler checks the transaction, as for the live feed.
      access: 'everyone',
      side: 'both',
      summary: 'Cancels a transaction: for its journey, agent, client or administrators.',
      async handle(call) {
        const { transaction } = await accessibleTransaction(from, call, parseBody(cancelOpen.body(), call))
        return cancel(from, call, transaction)
      },
    },
  ]
}

/** @throws RequestError 409 if it has a result, 404 if it has expired or was cancelled meanwhile. */
export async function cancel(
  from: Pick<CancelDependencies, 'transactions' | 'audit'>,
  call: Call,
  transaction: Transaction,
): Promise<Answer> {
  const { idHash, reference } = transaction
  if (!(await from.transactions.cancel(idHash))) {
    const current = await from.transactions.read(idHash)
    if (current?.state !== 'COMPLETED') throw unreadable()
    throw new RequestError(409, 'The transaction already has a result', { problem: 'completed' })
  }
  await recordAction(from, call, 'SIDEGATE-TRANSACTION-CANCELLED', transaction)
  return { body: { reference, state: 'CANCELLED' } satisfies AnswerOf<typeof cancelOpen> }
}
