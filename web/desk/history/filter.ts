import type { CheckRow } from '../../api/help-desk.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { withoutIsolates } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { actionText } from '../messages/action-text.ts'
import { shortStatus } from '../messages/check-messages.ts'

export const resultFilters = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'In progress' },
  { value: 'verified', label: 'Verified' },
  { value: 'not-verified', label: 'Not verified' },
  { value: 'not-me', label: 'Not me' },
  { value: 'rest', label: 'Unfinished' },
] as const satisfies readonly { value: string; label: Text }[]

export type ResultFilter = (typeof resultFilters)[number]['value']

/** The part of the filter that the server applies. */
export function serverState(result: ResultFilter): string | undefined {
  if (result === 'open') return 'open'
  return result === 'verified' || result === 'not-verified' ? 'COMPLETED' : undefined
}

type Filter = { result: ResultFilter; text: string }

/** Whether a check has the result, and every word of the text is in one of its texts, such as `carl verified`. */
export function matchesFilter(row: CheckRow, { result, text }: Filter): boolean {
  return hasResult(row, result) && matchesText(row, text)
}

function hasResult(row: CheckRow, result: ResultFilter): boolean {
  const standing = standingOfRow(row)
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
      return ['not-verified', 'wrong-code', 'not-vouched', 'withdrawn'].includes(standing)
    default:
      return standing === result
  }
}

function matchesText(row: CheckRow, text: string): boolean {
  const { subject, vouchFor, action, ticket, reference, agent, checkTitle } = row
  const result = shortStatus(standingOfRow(row))
  const request = action && actionText(action)
  const texts = [subject, vouchFor, action, request, ticket, reference, agent, checkTitle, result]
  const searched = texts.join(' ').toLowerCase()
  return withoutIsolates(text)
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word))
}
