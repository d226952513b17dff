import type { Logger } from 'pino'
import type { JsonObject } from '../engine/json.ts'
import type { NewEntry } from './audit-book.ts'

/** Event names of the vendor's audit reference, and ours where it has none. */
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
  'SIDEGATE-HELPDESK-SEARCH',
  'SIDEGATE-VERIFICATION-ATTACKED',
  'SIDEGATE-VERIFICATION-CONFIRMED',
  'SIDEGATE-VERIFICATION-REFUSED',
  'SIDEGATE-VERIFICATION-SECONDED',
  'SIDEGATE-VERIFICATION-CODE',
  'SIDEGATE-VERIFICATION-USED',
  'SIDEGATE-VERIFICATION-PAUSE-LIFTED',
  'SIDEGATE-ADDRESS-BLOCKED',
  'SIDEGATE-ACCOUNT-ATTACKED',
  'SIDEGATE-AUDIT-READ',
  'SIDEGATE-AUDIT-REMOVED',
  'SIDEGATE-AUDIT-ENTRIES-LEFT-OUT',
] as const

export type AuditEventName = (typeof auditEventNames)[number]

/** Events that report an attack: logged as warnings, so that monitoring can alert on them. */
const alarms: ReadonlySet<AuditEventName> = new Set(['SIDEGATE-VERIFICATION-ATTACKED'])

/** `entries` and `userId` are for the log alone; the other members are kept in the audit book too. */
export type AuditEvent = Partial<Omit<NewEntry, 'eventName'>> & {
  eventName: AuditEventName
  /** Object id of the person, once known. */
  userId?: string
  entries?: JsonObject
}

/** Where events of one request go: realm, correlation id and tracking ids are added to each. */
export type AuditTrail = { record(event: AuditEvent): void }

/**
 * Node events are many and count as detail; everything else is worth a line at the usual log level.
 *
 * @param keep gets every event for the audit book.
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
      const level = alarms.has(event.eventName) ? 'warn' : isDetail ? 'debug' : 'info'
      if (log.isLevelEnabled(level)) log[level]({ ...line, ...event }, event.eventName)
      keep(event)
    },
  }
}

/** What of an event is kept, with what all events of its request have. */
export function keptOf(
  { userId, entries: _entries, ...event }: AuditEvent,
  common: Omit<NewEntry, 'eventName'>,
): NewEntry {
  const who = userId === undefined ? {} : { who: { id: userId, realm: common.realm } }
  return { ...common, ...who, ...event }
}

/** A trail outside of any request, kept in the book. */
export function realmTrail(
  book: { note(entry: NewEntry): void },
  log: Logger,
  common: { realm: string; correlationId: string },
): AuditTrail {
  return auditTrail(log, common, (event) => book.note(keptOf(event, common)))
}
