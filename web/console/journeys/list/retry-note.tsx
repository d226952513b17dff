import { secondsLeft } from '../../../check-model/countdown.ts'
import { useNow } from '../../../design/use-now.ts'

/** How long after a failure the list is asked for again, in milliseconds. */
export const retryMilliseconds = 10_000

/** Counts the seconds to the next attempt. Not read aloud: it would never be quiet. */
export function RetryNote({ from }: { from: number }) {
  const seconds = secondsLeft(from + retryMilliseconds, useNow())
  return (
    <p className="retry-note figures" aria-hidden>
      {seconds === 0 ? 'Trying again' : `Trying again in ${seconds} s`}
    </p>
  )
}
