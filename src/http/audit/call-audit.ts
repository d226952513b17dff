import type { Logger } from 'pino'
import type { AuditBook, NewEntry } from '../../audit/audit-book.ts'
import type { Party } from '../../audit/audit-entry.ts'
import { type AuditTrail, auditTrail, entryOf } from '../../audit/audit-trail.ts'
import type { Session } from '../../sessions/session.ts'
import type { Call } from '../route.ts'

/** Creates the audit trail of a call, which writes to the log and the audit book. */
export function callAudit(book: AuditBook, log: Logger): (call: Call) => AuditTrail {
  return (call) => {
    const { realm, correlationId } = call
    return auditTrail(log, { realm: realm.path, correlationId }, (event) =>
      book.note(entryOf(event, commonOf(call))),
    )
  }
}

/** Members of every entry of a call. */
export function commonOf({
  realm,
  correlationId,
  clientIp,
}: Pick<Call, 'realm' | 'correlationId' | 'clientIp'>): Pick<NewEntry, 'realm' | 'correlationId' | 'ip'> {
  return { realm: realm.path, correlationId, ip: clientIp }
}

/** The identity of a session. */
export function partyOf({ identityId, username, realm }: Session): Party {
  return { id: identityId, name: username, realm }
}
