import { readEntry } from './audit-entry.ts'
import type { AuditRow } from './chain.ts'

/** The sender of a message. Source: RFC 5424, section 6.2. */
export type Originator = { hostName: string; processId: number }

/** "log audit". Source: RFC 5424, table 1. */
const facility = 13

const severities = { notice: 5, warning: 4 } as const

/** Message numbers wrap around after this. Source: RFC 5424, section 7.3.1. */
const maxSequenceId = 2_147_483_647

/**
 * An audit row as an RFC 5424 message. MSGID is the event name, the text is the entry's JSON with number and hash, as in
 * exports. Everything except printable ASCII is escaped, so that a name can't start a new line.
 */
export function syslogMessage({ sequence, hash, content }: AuditRow, from: Originator): string {
  const { at, ...entry } = readEntry(content)
  const severity = entry.result === 'FAILED' ? severities.warning : severities.notice
  const time = new Date(at).toISOString()
  const head = [
    `<${facility * 8 + severity}>1`,
    time,
    printable(from.hostName, 255),
    'sidegate',
    String(from.processId),
    printable(entry.eventName, 32),
    `[meta sequenceId="${((sequence - 1) % maxSequenceId) + 1}"]`,
  ]
  return `${head.join(' ')} ${inAscii(JSON.stringify({ _id: String(sequence), timestamp: time, ...entry, hash }))}`
}

/** Header fields are printable ASCII without blanks; `-` is the empty value. */
function printable(text: string, maxLength: number): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, maxLength) || '-'
}

function inAscii(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
