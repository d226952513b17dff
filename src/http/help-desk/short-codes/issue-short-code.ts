import type { AnswerOf } from '../../../../contract/endpoint.ts'
import type { issuedShortCodeSchema } from '../../../../contract/short-codes.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { RequestError } from '../../../base/errors.ts'
import { isCheck } from '../../../help-desk/checks/verification.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Answer, Call } from '../../route.ts'
import { recordAction } from '../transactions/transaction-audit.ts'
import { transactionNamed } from '../transactions/transaction-pages.ts'
import { type ShortLinkSources, shortLinkOf } from './short-link.ts'

export type ShortCodeDependencies = ShortLinkSources & {
  transactions: Transactions
  audit(call: Call): AuditTrail
}

/** Makes a code that the agent of a check reads out. Leads and administrators can watch checks, but not participate in them. */
export async function issueShortCode(from: ShortCodeDependencies, call: Call): Promise<Answer> {
  const agent = (await call.session())?.session.identityId ?? ''
  const transaction = await transactionNamed(
    from,
    call,
    // rule H21: otherwise anyone at the desk gets a short code for the check of a colleague
    agent,
  )
  if (!isCheck(transaction)) {
    throw new RequestError(409, 'The transaction is not a check of an agent.', { problem: 'none' })
  }
  const key = { transaction, id: undefined, redirectUri: undefined }
  const { code, address, issuedAt, expiresAt } = await shortLinkOf(from, call, key, 'spoken')
  await recordAction(from, call, 'SIDEGATE-SHORT-CODE-ISSUED', transaction)
  const body: AnswerOf<{ answer: typeof issuedShortCodeSchema }> = { code, address, issuedAt, expiresAt }
  return { body }
}
