import { dateAndShortTime, dayAndTime, isToday, shortTime, timeAgo } from '../../check-model/times.ts'

/** `just now`, `5 min ago` within an hour, `Today 09:05`, else date and time. @param at epoch milliseconds. */
export function relativeTime(at: number, now = Date.now()): string {
  const minutes = Math.round((now - at) / 60_000)
  if (Math.abs(minutes) < 1) return 'just now'
  // `timeAgo` counts seconds up to a minute and a half.
  if (minutes === 1) return '1 min ago'
  if (minutes > 1 && minutes < 60) return timeAgo(at, now)
  return isToday(at, now) ? dayAndTime(at, now) : dateAndShortTime(at)
}

/** In sentences: `14:02` today, else date and time. @param at epoch milliseconds. */
export function timeInText(at: number, now = Date.now()): string {
  return isToday(at, now) ? shortTime(at) : dateAndShortTime(at)
}
