import { withdrawOffer } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
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
        title={t('This is a check of {agent}.', { agent: row.agent })}
        acts={<TakeOver reference={reference} name={name} size="xs" />}
      >
        {t('Only its agent sees the codes.')}
      </Notice>
    )
  }
  if (offer === undefined) return null
  const withdraw = () => run((realm) => withdrawOffer(realm, reference))
  return (
    <Notice
      tone="info"
      title={offer.name === null ? t('Offered to the team.') : t('Offered to {name}.', { name: offer.name })}
      onRetry={withdraw}
      retry={t('Withdraw offer')}
    >
      {t('It stays your check until somebody takes it over.')} {problem}
    </Notice>
  )
}
