import type { Numbers, NumbersGroup, Period, Split } from '../../api/leads.ts'
import { endingStanding } from '../../check-model/check.ts'
import { pageLocale, t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { shortStatus } from '../messages/check-messages.ts'

export const periods = [
  { value: 'today', label: 'Today' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: 'custom', label: 'Custom' },
] as const satisfies readonly { value: string; label: Text }[]

export type PeriodName = (typeof periods)[number]['value']

export const splits = [
  { value: 'check', label: 'Check', heading: 'By check' },
  { value: 'action', label: 'Action', heading: 'By action' },
  { value: 'agent', label: 'Agent', heading: 'By agent' },
  { value: 'day', label: 'Day', heading: 'By day' },
  { value: 'hour', label: 'Hour of day', heading: 'By hour of day' },
] as const satisfies readonly { value: Split; label: Text; heading: Text }[]

export type PageSplit = (typeof splits)[number]['value']

/** The texts of a split. */
export function splitNamed(by: PageSplit): (typeof splits)[number] {
  return splits.find(({ value }) => value === by) ?? splits[0]
}

/** Whole days of the browser's time zone until the end of today. @param now the server's time. */
export function periodOf(name: 'today' | '7' | '30', now: number): Period {
  const days = name === 'today' ? 1 : Number(name)
  return { from: midnight(now, 1 - days), to: midnight(now, 1) }
}

/** The period of two dates (`2026-01-31`), both included. Undefined if one is missing, or they are the wrong way round. */
export function customPeriod(first: string, last: string): Period | undefined {
  const from = midnightOf(first, 0)
  const to = midnightOf(last, 1)
  return from === undefined || to === undefined || from >= to ? undefined : { from, to }
}

/** Local dates, because a day can have 23 or 25 hours. */
function midnight(at: number, days: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}

function midnightOf(date: string, days: number): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  if (year === undefined) return undefined
  return new Date(Number(year), Number(month) - 1, Number(day) + days).getTime()
}

/** `2026-01-31`, for a date field. */
export function dateOf(at: number): string {
  const date = new Date(at)
  const part = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`
}

/** Checks with a result that is not "verified". */
export function notVerified({ endings }: Pick<Numbers, 'endings'>): number {
  const { denied, notMe, calledMe, notVouched, wrongPerson, wrongCode, reported } = endings
  return denied + notMe + calledMe + notVouched + wrongPerson + wrongCode + reported
}

/** `0:58`, `1:02:10`; a dash for null. */
export function spokenMs(milliseconds: number | null): string {
  if (milliseconds === null) return '–'
  const seconds = Math.round(milliseconds / 1_000)
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  const padded = (value: number) => String(value).padStart(2, '0')
  const rest = padded(seconds % 60)
  return hours > 0 ? `${hours}:${padded(minutes)}:${rest}` : `${minutes}:${rest}`
}

/** The endings in the order of the page, with their names. */
export function endingRows({ endings, open }: Numbers): { key: string; name: string; count: number }[] {
  const rows = Object.entries(endings).map(([key, count]) => ({ key, name: endingName(key), count }))
  return open === 0 ? rows : [...rows, { key: 'open', name: t('In progress'), count: open }]
}

/** Not "Not verified", which is the sum of several endings on this page. */
function endingName(ending: string): string {
  if (ending === 'denied') return t('Did not pass')
  const standing = endingStanding(ending)
  return standing === undefined ? ending : shortStatus(standing)
}

/**
 * The name of a group on the page. Hours and days are the server's texts in the page's language.
 * @param form `short`: days without the weekday, hours without the minutes.
 */
export function groupName(
  { key, name }: Pick<NumbersGroup, 'key' | 'name'>,
  by: PageSplit,
  form: 'full' | 'short' = 'full',
): string {
  if (key === null) return by === 'action' ? t('No action') : t('None')
  if (by === 'hour') return form === 'short' ? key : `${key}:00`
  if (by !== 'day') return name ?? key
  const from = customPeriod(key, key)?.from
  if (from === undefined) return key
  return new Date(from).toLocaleDateString(pageLocale(), {
    ...(form === 'short' ? {} : { weekday: 'short' }),
    day: 'numeric',
    month: 'short',
  })
}
