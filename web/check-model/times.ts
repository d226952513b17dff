import { pageLocale, t } from '../translate/translate.ts'

/** Time left: `7:42`. Never negative. */
export function timeLeft(expiresAt: number, now: number): string {
  const seconds = secondsLeft(expiresAt, now)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** For long delays: `in 5 hours`, `in 3 days`. Undefined below two hours, which {@link timeLeft} counts down. */
export function inHoursOrDays(at: number, now: number): string | undefined {
  const hours = secondsLeft(at, now) / 3_600
  if (hours < 2) return undefined
  const words = new Intl.RelativeTimeFormat(pageLocale())
  return hours < 48 ? words.format(Math.round(hours), 'hour') : words.format(Math.round(hours / 24), 'day')
}

export function secondsLeft(expiresAt: number, now: number): number {
  return Math.max(0, Math.ceil((expiresAt - now) / 1_000))
}

/** Time left for screen readers: announced at 2 minutes and at 30 seconds, not every second. */
export function spokenTimeLeft(expiresAt: number, now: number): string {
  const seconds = secondsLeft(expiresAt, now)
  if (seconds === 0 || seconds > 120) return ''
  return seconds > 30 ? t('2 minutes left') : t('30 seconds left')
}

/** Rounded: `6 s ago`, `4 min ago`. */
export function timeAgo(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000))
  return seconds < 90
    ? t('{seconds} s ago', { seconds })
    : t('{minutes} min ago', { minutes: Math.round(seconds / 60) })
}

/** For example `1:12`. */
export function duration(from: number, to: number): string {
  return timeLeft(to, from)
}

/** The one form of times of day on pages for staff: the browser's time zone and digits, 24 hours in every locale. */
function timeOfDay(at: number, options: Intl.DateTimeFormatOptions): string {
  const form = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' } as const
  return new Date(at).toLocaleTimeString(pageLocale(), { ...form, ...options })
}

/** Local time with seconds: `14:02:11`. */
export function clockTime(at: number): string {
  return timeOfDay(at, { second: '2-digit' })
}

/** Local time: `14:02`. */
export function shortTime(at: number): string {
  return timeOfDay(at, {})
}

/** Local date and time: `28 Nov 2026, 14:02:11`, in the order of the browser's locale. */
export function dateAndTime(at: number): string {
  return `${shortDate(at)}, ${clockTime(at)}`
}

/**
 * Local time with its offset, in seconds, for records that other people and programs read. Source: ISO 8601.
 * @param offset minutes east of Greenwich.
 */
export function isoTime(at: number, offset = -new Date(at).getTimezoneOffset()): string {
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 19)
  const minutes = Math.abs(offset)
  const parts = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${local}${offset < 0 ? '-' : '+'}${parts.join(':')}`
}

/** `Today 13:41`, or a date for other days. */
export function dayAndTime(at: number, now: number): string {
  const date = () => new Date(at).toLocaleDateString(pageLocale(), { day: 'numeric', month: 'short' })
  return `${nearDay(daysBetween(at, now)) ?? date()} ${shortTime(at)}`
}

function nearDay(daysAgo: number): string | undefined {
  switch (daysAgo) {
    case -1:
      return t('Tomorrow')
    case 0:
      return t('Today')
    case 1:
      return t('Yesterday')
    default:
      return undefined
  }
}

/** `14:02` today, otherwise with the day: `Tomorrow 14:02`. */
export function nearTime(at: number, now: number): string {
  return isToday(at, now) ? shortTime(at) : dayAndTime(at, now)
}

export function isToday(at: number, now: number): boolean {
  return daysBetween(at, now) === 0
}

function daysBetween(at: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}

/** Local date and time without seconds: `28 Nov 2026, 14:02`. */
export function dateAndShortTime(at: number): string {
  return `${shortDate(at)}, ${shortTime(at)}`
}

/** Local date: `28 Nov 2026`. */
export function shortDate(at: number): string {
  return new Date(at).toLocaleDateString(pageLocale(), { dateStyle: 'medium' })
}
