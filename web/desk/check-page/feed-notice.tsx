import type { FeedStatus } from '../../check-model/watch-check.ts'
import { t } from '../../translate/translate.ts'
import { reconnect } from '../checks/live-checks.ts'
import { Notice } from '../components/notice.tsx'
import { useRealm } from '../navigation/navigation.ts'

type FeedNoticeProps = { reference: string; status: FeedStatus | undefined; isRunning: boolean }

/** Warns the agent while the live feed of a running check is down, but the server can be reached. */
export function FeedNotice({ reference, status, isRunning }: FeedNoticeProps) {
  const realm = useRealm()
  if (!isRunning) return null
  const retry = { onRetry: () => reconnect(realm, reference), retry: t('Reconnect') }
  if (status?.kind === 'polling') {
    return (
      <Notice tone="warn" title={t('The live connection is lost.')} {...retry}>
        {t(
          'This page now updates every 3 seconds, so updates may arrive a little later. None are lost, and the check continues.',
        )}
      </Notice>
    )
  }
  return null
}
