import type { Logger } from 'pino'
import type { JsonObject } from '../journey/json.ts'

/** Event names of the vendor's audit reference, and ours where it has none. */
export type AuditEventName =
  | 'AM-TREE-LOGIN-STARTED'
  | 'AM-NODE-LOGIN-COMPLETED'
  | 'AM-TREE-LOGIN-COMPLETED'
  | 'AM-BACK-CHANNEL-INITIALIZE'
  | 'AM-LOGOUT'
  | 'SIDEGATE-TRANSACTION-WRONG-PERSON'
  | 'SIDEGATE-TRANSACTION-COMPLETED'

export type AuditEvent = {
  eventName: AuditEventName
  result?: 'SUCCESSFUL' | 'FAILED'
  /** Object id of the person, once known. */
  | 'SIDEGATE-TRANSACTION-REJECTED'
  | 'SIDEGATE-TRANSACTION-CANCELLED'
  | 'SIDEGATE-TRANSACTION-LINK-SENT'
  | 'SIDEGATE-HELPDESK-SEARCH'
  | 'SIDEGATE-AUDIT-READ'
  | 'SIDEGATE-AUDIT-REMOVED'
  userId?: string
  entries?: JsonObject
}

/** Where events of one request go: realm, correlation id and tracking ids are added to each. */
export type AuditTrail = { record(event: AuditEvent): void }

/** Node events are many and count as detail; everything else is worth a line at the usual log level. */
export function auditTrail(log: Logger, common: JsonObject): AuditTrail {
  const line = { topic: 'authentication', component: 'Authentication', ...common }
  return {
    record(event) {
      const isDetail = event.eventName === 'AM-NODE-LOGIN-COMPLETED' && event.entries?.auditInfo === undefined
      const level = isDetail ? 'debug' : 'info'
      if (log.isLevelEnabled(level)) log[level]({ ...line, ...event }, event.eventName)
    },
  }
}
