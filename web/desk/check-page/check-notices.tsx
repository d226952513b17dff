import { otherAgents } from '../../check-model/check.ts'
import { listed, t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { OfferNotice } from '../hand-over/offer-notice.tsx'
import { useHelpDesk } from '../layout/queries.ts'
import { RecentStrip } from '../person/recent-strip.tsx'
import { useRecent } from '../person/use-recent.ts'
import { FeedNotice } from './feed-notice.tsx'
import type { CheckView } from './use-check.ts'

/** Notices above a check, most urgent first. Each one decides itself whether it is shown. */
/** The check's own feed brings a report at once; this is for events of other checks. */
const recentMs = 5_000

export function CheckNotices(view: CheckView) {
  const recent = useRecent(view.row?.subjectId ?? undefined, recentMs)
  return (
    <div className="notices">
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
