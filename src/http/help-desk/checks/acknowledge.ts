import type { AnswerOf } from '../../../../contract/endpoint.ts'
import type { useCheck } from '../../../../contract/help-desk.ts'
import { RequestError } from '../../../base/errors.ts'
import { agentOf, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Answer, Call } from '../../route.ts'
import { recordAction } from '../transactions/transaction-audit.ts'
import { transactionNamed } from '../transactions/transaction-pages.ts'
import { rejectionReaders } from '../transactions/transaction-row.ts'
import { candidateOf, type HandOverDependencies, partyOf } from './hand-over.ts'
import { visibleAgent } from './visible-agent.ts'

/**
 * Records that the agent of a check, or a lead, read the caller's rejection. These are two facts: neither reads for the other.
 * Repeating it changes nothing.
 */
export async function acknowledge(from: HandOverDependencies, call: Call): Promise<Answer> {
  const check = await transactionNamed(from, call, await visibleAgent(call))
  if (check.rejectedAt === undefined) {
    throw new RequestError(409, 'Nobody rejected this check.', { problem: 'none' })
  }
  const session = (await call.session())?.session
  const reader = session && (await from.readIdentity(session.realm, session.identityId))
  if (reader === undefined) throw new RequestError(401)
  const by = partyOf(candidateOf(reader, check.realm))
  const as = agentOf(check)?.id === by.id ? 'agent' : 'lead'
  if (await from.transactions.readRejection(check.idHash, by, as)) {
    await recordAction(from, call, 'SIDEGATE-VERIFICATION-REJECTION-READ', check)
  }
  return { body: readBy((await from.transactions.read(check.idHash)) ?? check) }
}

function readBy(check: Transaction): AnswerOf<typeof useCheck.actions.acknowledge> {
  return { reference: check.reference, ...rejectionReaders(check) }
}
