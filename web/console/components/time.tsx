import { dateAndTime } from '../../check-model/times.ts'
import { relativeTime } from './relative-time.ts'

/** How long ago a moment was, with the exact time on hover. @param at epoch milliseconds. */
export function Time({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={dateAndTime(at)}>
      {relativeTime(at)}
    </time>
  )
}
