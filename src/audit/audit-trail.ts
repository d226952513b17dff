import type { Logger } from 'pino'
import type { JsonObject } from '../base/json.ts'
import type { NewEntry } from './audit-book.ts'

/** Event names from the vendor's audit reference, and our own. */
export const auditEventNames = [
  'AM-TREE-LOGIN-STARTED',
  'AM-NODE-LOGIN-COMPLETED',
  'AM-TREE-LOGIN-COMPLETED',
  'AM-BACK-CHANNEL-INITIALIZE',
  'AM-SESSION-CREATED',
  'AM-SESSION-DESTROYED',
  'AM-LOGOUT',
  'AM-CONFIG-CHANGE',
  'AM-IDENTITY-CHANGE',
  'SIDEGATE-TRANSACTION-WRONG-PERSON',
  'SIDEGATE-TRANSACTION-COMPLETED',
  'SIDEGATE-TRANSACTION-REJECTED',
  'SIDEGATE-TRANSACTION-CANCELLED',
  'SIDEGATE-TRANSACTION-LINK-SENT',
  'SIDEGATE-SHORT-CODE-ISSUED',
  'SIDEGATE-SHORT-CODE-USED',
  'SIDEGATE-SHORT-CODES-ATTACKED',
  'SIDEGATE-MESSAGES-EXHAUSTED',
  'SIDEGATE-PUSH-DENIED',
  'SIDEGATE-PUSH-WRONG-NUMBER',
  'SIDEGATE-HELPDESK-SEARCH',
  'SIDEGATE-HELPDESK-EXPORT',
  'SIDEGATE-HELPDESK-ALARM',
  'SIDEGATE-HELPDESK-ALARM-READ',
  'SIDEGATE-VERIFICATION-ATTACKED',
  'SIDEGATE-VERIFICATION-CONFIRMED',
  'SIDEGATE-VERIFICATION-REFUSED',
  'SIDEGATE-VERIFICATION-SECONDED',
  'SIDEGATE-VERIFICATION-CODE',
  'SIDEGATE-VERIFICATION-USED',
  'SIDEGATE-VERIFICATION-PAUSE-LIFTED',
  'SIDEGATE-APPROVAL-REQUESTED',
  'SIDEGATE-APPROVAL-GIVEN',
  'SIDEGATE-APPROVAL-DECLINED',
  'SIDEGATE-APPROVAL-REFUSED',
  'SIDEGATE-VERIFICATION-WITHDRAWN',
  'SIDEGATE-VERIFICATION-OFFERED',
  'SIDEGATE-VERIFICATION-OFFER-WITHDRAWN',
  'SIDEGATE-VERIFICATION-TAKEN-OVER',
  'SIDEGATE-VERIFICATION-REJECTION-READ',
  'SIDEGATE-DEVICE-ALLOWED',
  'SIDEGATE-DEVICE-DENIED',
  'SIDEGATE-ADDRESS-BLOCKED',
  'SIDEGATE-ACCOUNT-ATTACKED',
  'SIDEGATE-AUDIT-READ',
  'SIDEGATE-AUDIT-REMOVED',
  'SIDEGATE-AUDIT-ENTRIES-LEFT-OUT',
] as const

export type AuditEventName = (typeof auditEventNames)[number]

/** Events that report an attack: logged as warnings, so that monitoring can alert on them. */
const alarms: ReadonlySet<AuditEventName> = new Set([
  'SIDEGATE-VERIFICATION-ATTACKED',
  'SIDEGATE-SHORT-CODES-ATTACKED',
  'SIDEGATE-MESSAGES-EXHAUSTED',
  'SIDEGATE-HELPDESK-ALARM',
])

/** `entries` and `userId` go to the log only, the other members also to the audit book. */
export type AuditEvent = Partial<Omit<NewEntry, 'eventName'>> & {
  eventName: AuditEventName
  /** Object id of the person, once known. */
  userId?: string
  entries?: JsonObject
}

/** Records the events of one request with its realm, correlation id and tracking ids. */
export type AuditTrail = { record(event: AuditEvent): void }

/**
 * Logs events: node events as debug, attacks as warnings, others as info.
 * @param keep receives every event for the audit book.
 */
export function auditTrail(
  log: Logger,
  common: JsonObject,
  keep: (event: AuditEvent) => void = () => undefined,
): AuditTrail {
  const line = { topic: 'authentication', component: 'Authentication', ...common }
  return {
    record(event) {
      const isDetail = event.eventName === 'AM-NODE-LOGIN-COMPLETED' && event.entries?.auditInfo === undefined
      // rule H6: otherwise an alarm is logged like any other event
      const level = alarms.has(event.eventName) ? 'warn' : isDetail ? 'debug' : 'info'
      if (log.isLevelEnabled(level)) log[level]({ ...line, ...event }, event.eventName)
      keep(event)
    },
  }
}

/** The audit entry of an event. */
export function entryOf(
  { userId, entries: _entries, ...event }: AuditEvent,
  common: Omit<NewEntry, 'eventName'>,
): NewEntry {
  const who = userId === undefined ? {} : { who: { id: userId, realm: common.realm } }
  return { ...common, ...who, ...event }
}

/** A trail for events outside of requests. */
export function realmTrail(
  book: { note(entry: NewEntry): void },
  log: Logger,
  common: { realm: string; correlationId: string },
): AuditTrail {
  return auditTrail(log, common, (event) => book.note(entryOf(event, common)))
}
