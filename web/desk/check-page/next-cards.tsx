import { t } from '../../translate/translate.ts'
import { CodesCard } from './codes-card.tsx'
import { LinkCard } from './link/link-card.tsx'
import { Question } from './question.tsx'
import { RecordCard } from './record-card.tsx'
import type { CheckView } from './use-check.ts'

/** The cards with what the agent does next. The first one has to be above the fold at 1280 × 720. */
export function NextCards(view: CheckView) {
  const { isRunning, standing, journey, reference, details } = view
  if (!isRunning) {
    return (
      <div className="next-cards">
        <RecordCard {...view} />
      </div>
    )
  }
  const isUnopened = standing === 'created'
  return (
    <div className="next-cards">
      {journey?.question !== undefined && <Question reference={reference} step={journey.question} />}
      {isUnopened && details.isOwn && <LinkCard {...view} />}
      <CodesCard {...view} />
      {!isUnopened && details.isOwn && <LinkCard {...view} />}
      <p className="assurance">
        {t('You never see what the caller enters: no passwords, no codes from their phone.')}
      </p>
    </div>
  )
}
