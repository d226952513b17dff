import { otherAgents } from '../../check-model/check.ts'
import { listed, t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { OfferNotice } from '../hand-over/offer-notice.tsx'
import { FeedNotice } from './feed-notice.tsx'
import type { CheckView } from './use-check.ts'

/** Notices above a check, most urgent first. Each one decides itself whether it is shown. */
export function CheckNotices(view: CheckView) {
  return (
    <div className="notices">
      <FeedNotice reference={view.reference} status={view.feed} isRunning={view.isRunning} />
      <OtherAgents {...view} />
      <OfferNotice {...view} />
    </div>
  )
}

/** Warns about parallel checks of the same person, which can be a sign of an attack. */
function OtherAgents({ check, name, isRunning, details }: CheckView) {
  const others = otherAgents(check)
  if (!isRunning || others.length === 0) return null
  const values = { agents: listed(others), count: others.length }
  const title =
    details.name === undefined
      ? t('{agents} are also checking the caller.', values)
      : t('{agents} are also checking {name}.', { ...values, name })
  return (
    <Notice tone="bad" title={title}>
      {t('Talk to each other before you continue: an attacker may be calling both of you.')}
    </Notice>
  )
}
