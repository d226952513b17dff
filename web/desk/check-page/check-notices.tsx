import { otherAgents } from '../../check-model/check.ts'
import type { FeedStatus } from '../../check-model/watch-check.ts'
import { listed, t } from '../../translate/translate.ts'
import { reconnect } from '../checks/live-checks.ts'
import { Notice } from '../components/notice.tsx'
import { OfferNotice } from '../hand-over/offer-notice.tsx'
import { useHelpDesk } from '../layout/queries.ts'
import { useRealm } from '../navigation/navigation.ts'
import { RecentStrip } from '../person/recent-strip.tsx'
import { useRecent } from '../person/use-recent.ts'
import type { CheckView } from './use-check.ts'

/** Notices above a check, most urgent first. Each one decides itself whether it is shown. */
/** The check's own feed brings a report at once; this is for events of other checks. */
const recentMs = 5_000

export function CheckNotices(view: CheckView) {
  const recent = useRecent(view.row?.subjectId ?? undefined, recentMs)
  return (
    <div className="notices stack gap-3">
      <FeedNotice reference={view.reference} status={view.feed} isRunning={view.isRunning} />
      <OtherAgents {...view} />
      <OfferNotice {...view} />
      <RecentStrip recent={recent} own={view.reference} />
    </div>
  )
}

/** Warns about parallel checks of the same person, which can be a sign of an attack. */
function OtherAgents({ check, name: subject, isRunning, details }: CheckView) {
  const { agent } = useHelpDesk()
  // After a take-over, the other agent is the one who looks.
  const others = otherAgents(check).filter((name) => name !== agent?.displayName)
  if (!isRunning || others.length === 0) return null
  const values = { agents: listed(others), count: others.length }
  const title =
    details.name === undefined
      ? t('{agents} are also checking the caller.', values)
      : t('{agents} are also checking {name}.', { ...values, name: subject })
  return (
    <Notice tone="bad" title={title}>
      {t('Talk to each other before you continue: an attacker may be calling both of you.')}
    </Notice>
  )
}

type FeedNoticeProps = { reference: string; status: FeedStatus | undefined; isRunning: boolean }

/** Warns the agent while the live feed of a running check is down, but the server can be reached. */
function FeedNotice({ reference, status, isRunning }: FeedNoticeProps) {
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
