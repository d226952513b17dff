import type { GrantState } from '../checks/grant.ts'
import { agentOf } from '../transactions/transaction.ts'
import { countedEndingOf, endTimeOf } from '../transactions/transaction-status.ts'
import type { CountedCheck } from './lead-store.ts'
import { durationsOf } from './numbers.ts'

/** The columns of an export, in their order. */
export const exportColumns = [
  'reference',
  'check',
  'action',
  'ticket',
  'agent',
  'opener',
  'subject',
  'ending',
  'level',
  'startedAt',
  'openedAt',
  'endedAt',
  'rejectedAt',
  'secondsToOpened',
  'secondsToVerified',
  'failedSignIns',
  'wrongCodes',
  'vouchFor',
  'secondAgent',
  'usedAt',
  'withdrawnAt',
  'resultState',
] as const

export type ExportLine = Record<(typeof exportColumns)[number], string | number | null>

/**
 * A check in an export. Agents and subjects are named by their usernames, times are in ISO 8601.
 * @param resultState of an approved check, as its page shows it.
 */
export function exportLine(
  check: CountedCheck,
  now: number,
  resultState: GrantState['state'] | undefined,
): ExportLine {
  const ending = countedEndingOf(check, now)
  const { openedMs, verifiedMs } = durationsOf(check, ending)
  return {
    reference: check.reference,
    check: check.openedBy.journey ?? null,
    action: check.purpose.action ?? null,
    ticket: check.purpose.ticket ?? null,
    agent: agentOf(check)?.name ?? null,
    opener: check.openedBy.agent?.name ?? null,
    subject: check.subject?.name ?? null,
    ending: ending ?? null,
    level: ending === 'approved' ? check.proof.level : null,
    startedAt: iso(check.createdAt),
    openedAt: iso(check.openedAt),
    endedAt: iso(endTimeOf(check, now)),
    rejectedAt: iso(check.rejectedAt),
    secondsToOpened: seconds(openedMs),
    secondsToVerified: seconds(verifiedMs),
    failedSignIns: check.failedSignIns,
    wrongCodes: check.wrongCodes,
    vouchFor: check.purpose.vouchFor ?? null,
    secondAgent: check.openedBy.secondAgent?.name ?? null,
    usedAt: iso(check.proof.usedAt),
    withdrawnAt: iso(check.proof.withdrawnAt),
    resultState: resultState ?? null,
  }
}

/**
 * Where a program may take the following for a formula: at the beginning, and after signs at which a program of another language
 * splits a line into cells, even inside of quotes. Source: "CSV Injection" of OWASP. Full-width signs count, because programs
 * convert them.
 */
const formulas = /^(?=\s*[=+\-@\t\r\n＝＋－＠])|(?<=[;|\t\r\n])(?=[\s"]*[=+\-@＝＋－＠])/gu

/** Programs for tables detect UTF-8 by this mark. */
const byteOrderMark = '\uFEFF'

export const csvHead = `${byteOrderMark}${csvRow(exportColumns)}`

/** A row of RFC 4180. */
export function csvLine(line: ExportLine): string {
  return csvRow(exportColumns.map((name) => line[name]))
}

function csvRow(values: readonly (string | number | null)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

/** A cell that no program takes for a formula: an apostrophe makes it a text. */
function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // rule H22: otherwise an exported ticket is a formula in a spreadsheet
  const text = value.replaceAll(formulas, "'")
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

function iso(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString()
}

function seconds(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : milliseconds / 1000
}
