import type { FeedStatus } from '../../api/check-feed.ts'
import { secondsLeft } from '../../check-model/times.ts'
import { useNow } from '../../design/use-now.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { watchAgain } from '../live/live-checks.ts'
import { useRealm } from '../navigation/navigation.ts'

/** Nothing is known of a check yet: for a moment that is nothing to say, after that it is. */
export function Unreadable({ reference, line }: { reference: string; line: FeedStatus | undefined }) {
  const realm = useRealm()
  const now = useNow()
  const isAway = line?.kind === 'disconnected'
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
