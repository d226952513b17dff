import { randomUUID } from 'node:crypto'
import type { AuditBook } from '../../audit/audit-book.ts'
import { realmTrail } from '../../audit/audit-trail.ts'
import { Alarms } from '../../help-desk/alarms/alarms.ts'
import type { CallOutbox } from '../../outbox/call-outbox.ts'
import type { RealmDirectory } from '../../realms/realm-directory.ts'
import type { Metrics } from '../../telemetry/metrics/metrics.ts'
import type { Foundation } from './storage.ts'

type Needs = Foundation & {
  metrics: Metrics
  auditBook: AuditBook
  callOutbox: CallOutbox
  realms: Pick<RealmDirectory, 'find'>
}

/** Alarms of help desks: each one is counted, recorded in the audit trail, and sent to webhooks. */
export function wireAlarms({ stores, metrics, auditBook, callOutbox, realms, log }: Needs): Alarms {
  return new Alarms({
    store: stores.alarms,
    transactions: stores.transactions,
    settingsOf: async (realm) => (await realms.find(realm))?.settings.helpDesk.alarms,
    raised({ realm, kind, person, count, minutes }) {
      metrics.alarmRaised(kind)
      callOutbox.wake()
      const what = { kind: 'alarm', id: kind, operation: 'ACTION', action: 'raise' } as const
      const whom = person && { id: person.id, name: person.name, realm }
      // rule H26: otherwise an alarm leaves no trace
      realmTrail(auditBook, log, { realm, correlationId: randomUUID() }).record({
        eventName: 'SIDEGATE-HELPDESK-ALARM',
        result: 'FAILED',
        ...(whom && { whom }),
        what,
        count,
        reason: `${count} in ${minutes} minutes`,
      })
    },
    failed: (error) => log.error({ err: error }, 'counting for an alarm failed'),
    now: stores.cluster.now,
  })
}
