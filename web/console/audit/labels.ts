import type { AuditEntry, AuditParty, AuditThing } from '../../api/audit.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { shortDate } from '../../check-model/times.ts'
import { formatNumber } from '../../translate/translate.ts'

/** Labels of the events. */
const eventLabels: Readonly<Record<string, string>> = {
  'AM-TREE-LOGIN-STARTED': 'Journey started',
  'AM-TREE-LOGIN-COMPLETED': 'Journey ended',
  'AM-NODE-LOGIN-COMPLETED': 'Node ran',
  'AM-SESSION-CREATED': 'Signed in',
  'AM-LOGOUT': 'Signed out',
  'AM-SESSION-DESTROYED': 'Session ended by another user',
  'AM-BACK-CHANNEL-INITIALIZE': 'Transaction opened',
  'SIDEGATE-TRANSACTION-COMPLETED': 'Transaction ended',
  'SIDEGATE-TRANSACTION-WRONG-PERSON': 'Wrong person opened a transaction',
  'SIDEGATE-TRANSACTION-LINK-SENT': 'Link sent',
  'SIDEGATE-PUSH-DENIED': 'Push notification denied',
  'SIDEGATE-PUSH-WRONG-NUMBER': 'Wrong number chosen for a push notification',
  'SIDEGATE-TRANSACTION-CANCELLED': 'Transaction cancelled',
  'SIDEGATE-TRANSACTION-REJECTED': 'Caller reported “This is not me”',
  'SIDEGATE-VERIFICATION-CONFIRMED': 'Caller confirmed the call',
  'SIDEGATE-VERIFICATION-ATTACKED': 'Attack: caller reported a call from an impostor',
  'SIDEGATE-VERIFICATION-REFUSED': 'Check refused',
  'SIDEGATE-VERIFICATION-SECONDED': 'Second agent approved a check',
  'SIDEGATE-APPROVAL-REQUESTED': 'Agent asked for a second agent',
  'SIDEGATE-APPROVAL-GIVEN': 'Agent approved a request of another agent',
  'SIDEGATE-APPROVAL-DECLINED': 'Agent declined a request of another agent',
  'SIDEGATE-APPROVAL-REFUSED': 'Agent may not answer a request for approval',
  'SIDEGATE-SHORT-CODE-ISSUED': 'Agent made a short code',
  'SIDEGATE-SHORT-CODE-USED': 'Caller typed a short code',
  'SIDEGATE-SHORT-CODES-ATTACKED': 'Alarm: attempts to guess short codes',
  'SIDEGATE-MESSAGES-EXHAUSTED': 'Alarm: no more messages to telephones for up to an hour',
  'SIDEGATE-DEVICE-ALLOWED': 'Person allowed an application on a device',
  'SIDEGATE-DEVICE-DENIED': 'Person did not allow an application on a device',
  'SIDEGATE-ADDRESS-BLOCKED': 'Address blocked after too many wrong passwords or codes',
  'SIDEGATE-ACCOUNT-ATTACKED': 'Alarm: attempts to guess a password or code',
  'SIDEGATE-VERIFICATION-CODE': 'Caller entered a code',
  'SIDEGATE-VERIFICATION-USED': 'Check result used',
  'SIDEGATE-VERIFICATION-WITHDRAWN': 'Result of a check withdrawn',
  'SIDEGATE-VERIFICATION-OFFERED': 'Agent offered a check to others',
  'SIDEGATE-VERIFICATION-OFFER-WITHDRAWN': 'Agent withdrew an offer of a check',
  'SIDEGATE-VERIFICATION-TAKEN-OVER': 'Agent took over a check',
  'SIDEGATE-VERIFICATION-REJECTION-READ': 'Agent read “This is not me”',
  'SIDEGATE-VERIFICATION-PAUSE-LIFTED': 'Pause on checks lifted',
  'AM-CONFIG-CHANGE': 'Configuration changed',
  'AM-IDENTITY-CHANGE': 'Person changed',
  'SIDEGATE-HELPDESK-SEARCH': 'Agent searched for people',
  'SIDEGATE-HELPDESK-EXPORT': 'Checks exported',
  'SIDEGATE-HELPDESK-ALARM': 'Alarm: many denials, failures or checks of one person',
  'SIDEGATE-HELPDESK-ALARM-READ': 'Alarm acknowledged',
  'SIDEGATE-AUDIT-READ': 'Audit trail exported',
  'SIDEGATE-AUDIT-REMOVED': 'Old audit entries deleted',
  'SIDEGATE-AUDIT-ENTRIES-LEFT-OUT': 'Audit entries skipped for one address',
}

/** Options of the event filter. */
export const eventChoices = Object.entries(eventLabels).map(([value, label]) => ({ value, label }))

/** Label of an event. Unknown events are shown by name. */
export function eventLabel(name: string): string {
  return eventLabels[name] ?? plainText(name)
}

const operationLabels: Readonly<Record<string, string>> = {
  CREATE: 'was created',
  UPDATE: 'was changed',
  DELETE: 'was deleted',
}

const actionLabels: Readonly<Record<string, string>> = {
  publish: 'was published',
  restore: 'was restored',
  watch: 'was started',
}

const kindLabels: Readonly<Record<string, string>> = { 'journey-sessions': 'Run in the editor' }

/** Objects that the label of an event speaks of already, so that only their name is missing. */
const namedKinds: Readonly<Record<string, string>> = { transaction: 'Transaction', alarm: 'Kind:' }

/** The object and its operation: `Journey Login was changed: description`. */
function objectSummary(
  { kind, name, id, operation, action, fields = [] }: AuditThing,
  event: string,
): string {
  const named = (kindName: string) => [kindName, name ?? id ?? ''].filter((word) => word !== '').join(' ')
  const known = namedKinds[kind]
  const isChange = event === 'AM-CONFIG-CHANGE' || event === 'AM-IDENTITY-CHANGE'
  if (known !== undefined && !isChange) return plainText(named(known))
  const done =
    operationLabels[operation] ?? actionLabels[action ?? ''] ?? `(${action ?? operation.toLowerCase()})`
  const what = `${named(kindLabels[kind] ?? sentenceCase(kind))} ${done}`
  // Every draft has the same members.
  return plainText(fields.length === 0 || kind === 'draft' ? what : `${what}: ${fields.join(', ')}`)
}

/** `realmSettings` is written "Realm settings". */
function sentenceCase(kind: string): string {
  const words = kind
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** A number with what it counts. */
function countText(event: string, count: number): string {
  if (event === 'SIDEGATE-HELPDESK-SEARCH') return count === 1 ? '1 person found' : `${count} people found`
  return entryCount(count)
}

export function partyName({ name, id }: AuditParty): string {
  return plainText(name ?? id)
}

const resultLabels: Readonly<Record<string, string>> = {
  SUCCESSFUL: 'Succeeded',
  FAILED: 'Failed',
  UNKNOWN: 'Unknown',
}

export function resultLabel(result: string): string {
  return resultLabels[result] ?? plainText(result)
}

/** Second line of an entry: the check that it belongs to, the object, or journey, ticket and count. */
export function summaryOf(entry: AuditEntry): string {
  const { reference, action, ticket } = entry
  if (reference === undefined) return detailOf(entry)
  const check = [reference, action, ticket].flatMap((text) => (text === undefined ? [] : [plainText(text)]))
  const isOnlyAboutIt = entry.reason === undefined && entry.node === undefined
  return [...check, ...(isOnlyAboutIt ? [] : [detailOf(entry)])].join(' · ')
}

function detailOf({ eventName, what, journey, node, count, ticket, reason, period }: AuditEntry): string {
  const about = what === undefined ? journey : objectSummary(what, eventName)
  if (reason !== undefined) return plainText(textOf([about, reason], ': '))
  if (what !== undefined) return objectSummary(what, eventName)
  if (node !== undefined) return plainText(textOf([journey, textOf([node.name, node.outcome], ': ')], ' · '))
  const counted = count === undefined ? [] : [countText(eventName, count)]
  const named = [journey, ticket].flatMap((text) => (text === undefined ? [] : [plainText(text)]))
  const days = period === undefined ? [] : [`${dayOf(period.from)} to ${dayOf(period.to - 1)}`]
  return [...named, ...counted, ...days].join(' · ')
}

function textOf(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator)
}

/** `1,042 entries`. */
export function entryCount(count: number): string {
  return count === 1 ? '1 entry' : `${formatNumber(count)} entries`
}

function dayOf(at: number): string {
  return shortDate(at)
}
