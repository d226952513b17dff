import type { Step } from '../../api/authenticate.ts'
import { t } from '../../translate/translate.ts'
import { answerJourney } from '../checks/front-journeys.ts'
import { StepForm } from '../new-check/step-form.tsx'

/** A step of the front journey that the agent has to answer while the check runs. */
export function Question({ reference, step }: { reference: string; step: Step }) {
  return (
    <section className="card question-card" aria-label={t('A question for you')}>
      <StepForm
        key={step.authId}
        step={step}
        title={t('A question for you')}
        heading="h2"
        onAnswer={(answer) => answerJourney(reference, answer)}
      />
    </section>
  )
}
