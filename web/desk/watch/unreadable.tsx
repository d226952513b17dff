import { secondsLeft } from '../../check/countdown.ts'
import { useNow } from '../../look/use-now.ts'
import type { Line } from '../../wire/watch-check.ts'
import { watchAgain } from '../live/live-checks.ts'
import { Notice } from '../parts/notice.tsx'
import { useDocumentTitle } from '../parts/use-document-title.ts'
import { useRealm } from '../places/going.ts'

/** Nothing is known of a check yet: for a moment that is nothing to say, after that it is. */
export function Unreadable({ reference, line }: { reference: string; line: Line | undefined }) {
  const realm = useRealm()
  const now = useNow()
  const isAway = line?.kind === 'away'
  useDocumentTitle(isAway ? 'We can’t tell · Desk' : 'Desk')
  if (!isAway) return <h1 className="spoken">Check {reference}</h1>
  return (
    <section className="check">
      <h1 className="unreadable">We can’t tell</h1>
      <Notice
        tone="bad"
        title="The check can’t be read right now."
        onRetry={() => watchAgain(realm, reference)}
      >
        Do not go on. Trying again in {secondsLeft(line.nextTryAt, now)} s.
      </Notice>
    </section>
  )
}
