import type { JsonObject } from '../../base/json.ts'
import type { Verification } from '../checks/verification.ts'
import { actionText } from '../transactions/purpose.ts'
import {
  agentOf,
  type Party,
  safeDisplayName,
  type Transaction,
  type TransactionEvent,
} from '../transactions/transaction.ts'
import { type Ending, endings } from '../transactions/transaction-status.ts'
import type { Delivery } from './delivery.ts'

/**
 * The payload of an event: the data that a ticket system needs, without transaction id, link, codes or data of the caller's
 * journey. It depends on the event and not on the time of sending, so a late payload doesn't contain later changes.
 */
export function payloadOf(
  delivery: Delivery,
  check?: { transaction: Transaction; verification: Verification; events: readonly TransactionEvent[] },
): JsonObject {
  const { event, sequence, at, realm } = delivery
  const type = event.includes('.') ? event : `verification.${event}`
  const base = { type, timestamp: new Date(at).toISOString() }
  if (check === undefined) return { ...base, data: { realm, ...delivery.data } }
  const { reference, purpose, openedBy, subject } = check.transaction
  const agent = agentAt(delivery, check.transaction, check.events)
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

/** The agent at the time of the event. Each takeover names the agent before it. */
function agentAt(
  { sequence, at }: Delivery,
  transaction: Transaction,
  events: readonly TransactionEvent[],
): Party | undefined {
  const next = events
    .filter((event) => event.kind === 'takenOver')
    .find((event) => (sequence === undefined ? event.at > at : event.sequence > sequence))
  return next === undefined ? agentOf(transaction) : { id: next.fromId, name: next.from }
}

function resultOf(ending: Ending | undefined): Transaction['result'] | null {
  if (ending === undefined || ending === 'cancelled' || ending === 'expired') return null
  return ending === 'approved' ? 'APPROVED' : 'DENIED'
}

function proofOf({ isBound, methods, level }: Verification): JsonObject {
  return { isBound, methods: [...methods], level }
}
