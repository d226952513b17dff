import type { Step } from '../../api/authenticate.ts'
import { answerJourney } from '../live/front-journeys.ts'
import { StepForm } from '../new-check/step-form.tsx'

/** Something that the agent's own journey asks while the check runs. */
export function Question({ reference, step }: { reference: string; step: Step }) {
  return (
    <section className="card question-card" aria-label="A question for you">
      <StepForm
        key={step.authId}
        step={step}
        title="A question for you"
        heading="h2"
        onAnswer={(answered) => answerJourney(reference, answered)}
      />
    </section>
  )
}
