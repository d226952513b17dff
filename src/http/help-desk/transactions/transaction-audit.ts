import type { Party } from '../../../audit/audit-entry.ts'
import type { AuditEventName, AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import type { JsonObject } from '../../../base/json.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import { aboutTransaction } from '../../../runtime/step-audit.ts'
import { partyOf } from '../../audit/call-audit.ts'
import type { Call } from '../../route.ts'

/**
 * Records an action on a transaction, with its actor, subject, reference and ticket, but never its id.
 * @param whom the affected person, if not the subject.
 */
export async function recordAction(
  { audit }: { audit(call: Call): AuditTrail },
  call: Call,
  eventName: AuditEventName,
  transaction: Transaction,
  entries: JsonObject = {},
  result: 'SUCCESSFUL' | 'FAILED' = 'SUCCESSFUL',
  whom?: Party,
): Promise<void> {
  const session = (await call.session())?.session
  const client = session === undefined ? await call.client() : undefined
  const { reference, realm } = transaction
  audit(call).record({
    eventName,
    result,
    ...defined({ who: session && partyOf(session) }),
    ...(client === undefined ? {} : { who: { id: client.clientId, name: client.clientId, realm } }),
    ...aboutTransaction(realm, transaction),
    ...defined({ whom }),
    what: { kind: 'transaction', id: reference, operation: 'ACTION' },
    entries,
  })
}
