import type { CheckSummary } from '../../api/help-desk.ts'
import { isAlarm } from '../../check-model/check.ts'
import { standingOfSummary } from '../../check-model/summary-standing.ts'

export const resultFilters = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Under way' },
  { value: 'verified', label: 'Verified' },
  { value: 'not-verified', label: 'Not verified' },
  { value: 'not-me', label: 'Not me' },
  { value: 'rest', label: 'Unfinished' },
] as const

export type ResultFilter = (typeof resultFilters)[number]['value']

/** What the server can sort out by itself. */
export function stateOf(result: ResultFilter): string | undefined {
  if (result === 'open') return 'open'
  return result === 'verified' || result === 'not-verified' ? 'COMPLETED' : undefined
}

/** Whether a row fits the result and every word of the text. */
export function isWanted(row: CheckSummary, result: ResultFilter, text: string): boolean {
  return hasResult(row, result) && hasWords(row, text)
}

function hasResult(row: CheckSummary, result: ResultFilter): boolean {
  const standing = standingOfSummary(row, undefined)
  switch (result) {
    case 'all':
      return true
    case 'open':
      return row.ending === null
    case 'not-me':
      return isAlarm(standing)
    case 'rest':
      return standing === 'expired' || standing === 'cancelled'
    case 'not-verified':
      return ['not-verified', 'wrong-code', 'not-vouched'].includes(standing)
    default:
      return standing === result
  }
}

function hasWords({ subject, action, ticket, reference, agent }: CheckSummary, text: string): boolean {
  const hay = [subject, action, ticket, reference, agent].join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
