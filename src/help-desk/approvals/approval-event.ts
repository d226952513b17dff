import type { JsonObject } from '../../base/json.ts'
import { actionText } from '../transactions/purpose.ts'
import { type Party, safeDisplayName } from '../transactions/transaction.ts'
import type { Approval } from './approval.ts'

/** What webhooks learn of a request to second agents. The reason for declining stays at the desk. */
export function approvalEvent(
  { journey, purpose, requestedBy, subject }: Approval,
  answeredBy: Party | undefined,
): JsonObject {
  return {
    check: journey,
    action: actionText(purpose) ?? null,
    ticket: purpose.ticket ?? null,
    agent: agentOf(requestedBy),
    subject: { _id: subject.id, userName: subject.name },
    answeredBy: answeredBy === undefined ? null : agentOf(answeredBy),
  }
}

function agentOf(party: Party): JsonObject {
  return { _id: party.id, displayName: safeDisplayName(party) }
}
