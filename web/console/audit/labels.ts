import type { AuditEntry, AuditParty, AuditThing } from '../../api/audit.ts'
import { plainText } from '../../check-model/plain-text.ts'

/** What the events are, in words; one that came later is called by its name. */
const eventLabels: Readonly<Record<string, string>> = {
  'AM-TREE-LOGIN-STARTED': 'Journey started',
  'AM-TREE-LOGIN-COMPLETED': 'Journey ended',
  'AM-NODE-LOGIN-COMPLETED': 'Node ran',
  'AM-SESSION-CREATED': 'Signed in',
  'AM-LOGOUT': 'Signed out',
  'AM-SESSION-DESTROYED': 'Session ended by somebody else',
  'AM-BACK-CHANNEL-INITIALIZE': 'Transaction opened',
  'SIDEGATE-TRANSACTION-COMPLETED': 'Transaction ended',
  'SIDEGATE-TRANSACTION-WRONG-PERSON': 'Somebody else came to a transaction',
  'SIDEGATE-TRANSACTION-LINK-SENT': 'Link mailed',
  'SIDEGATE-TRANSACTION-CANCELLED': 'Transaction cancelled',
  'SIDEGATE-TRANSACTION-REJECTED': 'Caller said “This is not me”',
  'SIDEGATE-VERIFICATION-CONFIRMED': 'Caller said that they called',
  'SIDEGATE-VERIFICATION-ATTACKED': 'Attack: caller said that somebody called them',
  'SIDEGATE-VERIFICATION-REFUSED': 'Check refused before it began',
  'SIDEGATE-VERIFICATION-SECONDED': 'Second agent answered for a check',
  'SIDEGATE-ADDRESS-BLOCKED': 'Address with too many wrong passwords or codes blocked',
  'SIDEGATE-ACCOUNT-ATTACKED': 'Alarm: somebody tries to guess this person’s password or code',
  'SIDEGATE-VERIFICATION-CODE': 'Caller typed a code',
  'SIDEGATE-VERIFICATION-USED': 'Result of a check used',
  'SIDEGATE-VERIFICATION-PAUSE-LIFTED': 'Pause of a person lifted',
  'AM-CONFIG-CHANGE': 'Configuration changed',
  'AM-IDENTITY-CHANGE': 'Person changed',
  'SIDEGATE-HELPDESK-SEARCH': 'Agent searched for people',
  'SIDEGATE-AUDIT-READ': 'Audit exported',
  'SIDEGATE-AUDIT-REMOVED': 'Old entries removed',
  'SIDEGATE-AUDIT-ENTRIES-LEFT-OUT': 'Entries of one address left out',
}

/** For a list to choose from. */
export const eventChoices = Object.entries(eventLabels).map(([value, label]) => ({ value, label }))

export function eventLabel(name: string): string {
  return eventLabels[name] ?? plainText(name)
}

const operationLabels: Readonly<Record<string, string>> = {
  CREATE: 'made',
  UPDATE: 'changed',
  DELETE: 'removed',
}

/** What was done, and to what: `changed journey Login: description`. */
function objectSummary(thing: AuditThing): string {
  const { kind, name, id, operation, action, fields = [] } = thing
  const done = operationLabels[operation] ?? action ?? operation.toLowerCase()
  const what = [done, kind, name ?? id ?? ''].filter((word) => word !== '').join(' ')
  return plainText(fields.length === 0 ? what : `${what}: ${fields.join(', ')}`)
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

/** What an entry is about, in a line. */
export function summaryOf({ what, journey, node, count, ticket }: AuditEntry): string {
  if (what !== undefined) return objectSummary(what)
  if (node !== undefined) return plainText(`${node.name}: ${node.outcome}`)
  const counted = count === undefined ? [] : [`${count}`]
  const named = [journey, ticket].flatMap((text) => (text === undefined ? [] : [plainText(text)]))
  return [...named, ...counted].join(' · ')
}

/** `1,042 entries`. */
export function entryCount(count: number): string {
  return count === 1 ? '1 entry' : `${count.toLocaleString('en')} entries`
}
