import { secondsLeft } from '../../check-model/times.ts'
import type { FeedStatus } from '../../check-model/watch-check.ts'
import { useNow } from '../../design/use-now.ts'
import { t } from '../../translate/translate.ts'
import { reconnect } from '../checks/live-checks.ts'
import { Notice } from '../components/notice.tsx'
import { PageSkeleton } from '../components/skeleton.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useCheckList } from '../layout/use-check-list.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { useRealm } from '../navigation/navigation.ts'

/** Shown before the first snapshot. A skeleton until the server cannot be reached. */
export function CheckPending({
  reference,
  line: status,
}: {
  reference: string
  line: FeedStatus | undefined
}) {
  const realm = useRealm()
  const now = useNow()
  const isDisconnected = status?.kind === 'disconnected'
  const { running, today } = useCheckList()
  const listed = [...running, ...today].find(({ row }) => row.reference === reference)
  const name = listed?.row.subject ?? t('Check {reference}', { reference })
  const title = listed === undefined ? name : `${shortStatus(listed.standing, listed.row.grant)} · ${name}`
  useDocumentTitle(isDisconnected ? `${t('Can’t read the check')} · ${t('Desk')}` : title)
  if (!isDisconnected) return <PageSkeleton title={name} />
  return (
    <section className="check stack gap-4">
      <h1 className="unreadable">{t('We can’t tell')}</h1>
      <Notice
        tone="bad"
        title={t('The check can’t be read right now.')}
        onRetry={() => reconnect(realm, reference)}
      >
        {t('Don’t act on the request. Trying again in {seconds} s.', {
          seconds: secondsLeft(status.nextTryAt, now),
        })}
      </Notice>
    </section>
  )
}
