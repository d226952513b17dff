import { withdrawOffer } from '../../api/help-desk.ts'
import type { CheckView } from '../check-page/use-check.ts'
import { Notice } from '../components/notice.tsx'
import { offerOf } from './offer-of.ts'
import { TakeOver } from './take-over.tsx'
import { useHandOver } from './use-hand-over.ts'

/** Says to whom a check is offered; for leads, whose check it is. */
export function OfferNotice({ check, row, reference, name }: CheckView) {
  const { run, problem } = useHandOver()
  const offer = offerOf(check)
  if (row !== undefined && !row.isOwn && row.agent !== null) {
    return (
      <Notice
        tone="info"
        title={`This is a check of ${row.agent}.`}
        acts={<TakeOver reference={reference} name={name} size="xs" />}
      >
        Only its agent sees the codes.
      </Notice>
    )
  }
  if (offer === undefined) return null
  const withdraw = () => run((realm) => withdrawOffer(realm, reference))
  return (
    <Notice
      tone="info"
      title={`Offered to ${offer.name ?? 'the team'}.`}
      onRetry={withdraw}
      retry="Withdraw offer"
    >
      It stays your check until somebody takes it over. {problem}
    </Notice>
  )
}
