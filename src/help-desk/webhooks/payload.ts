import type { JsonObject } from '../../engine/json.ts'
import type { Verification } from '../checks/verification.ts'
import { actionText } from '../transactions/purpose.ts'
import { agentOf, safeDisplayName, type Transaction } from '../transactions/transaction.ts'
import { type Ending, endings } from '../transactions/transaction-status.ts'
import type { Delivery } from './delivery.ts'

/**
 * The payload of an event: the data that a ticket system needs, without transaction id, link, codes or data of the caller's
 * journey. It depends on the event and not on the time of sending, so a late payload doesn't contain later changes.
 */
export function payloadOf(
  { event, sequence, at, realm }: Delivery,
  check?: { transaction: Transaction; verification: Verification },
): JsonObject {
  const base = { type: `verification.${event}`, timestamp: new Date(at).toISOString() }
  if (check === undefined) return { ...base, data: { realm } }
  const { reference, purpose, openedBy, subject } = check.transaction
  const agent = agentOf(check.transaction)
  const ending = endings.find((each) => each === event)
  return {
    ...base,
    data: {
      realm,
      reference,
      sequence: sequence ?? null,
      check: openedBy.journey ?? null,
      action: actionText(purpose) ?? null,
      ticket: purpose.ticket ?? null,
      agent: agent === undefined ? null : { _id: agent.id, displayName: safeDisplayName(agent) },
      subject: subject === undefined ? null : { _id: subject.id, userName: subject.name },
      result: resultOf(ending),
      ending: ending ?? null,
      ...(event === 'approved' || event === 'used' ? proofOf(check.verification) : {}),
    },
  }
}

function resultOf(ending: Ending | undefined): Transaction['result'] | null {
  if (ending === undefined || ending === 'cancelled' || ending === 'expired') return null
  return ending === 'approved' ? 'APPROVED' : 'DENIED'
}

function proofOf({ isBound, methods, level }: Verification): JsonObject {
  return { isBound, methods: [...methods], level }
}
