import './checklist.css'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import type { ChecklistStep } from '../../api/starters.ts'
import type { ChecklistDialog } from './checklist-dialogs.tsx'
import { StepAction } from './step-action.tsx'
import { nextStep, wordsOf } from './step-words.ts'

type Props = { realm: string; steps: readonly ChecklistStep[]; onOpen(dialog: ChecklistDialog): void }

/** All steps, each with a tick or the thing to do. */
export function StepList({ realm, steps, onOpen }: Props) {
  const next = nextStep(steps)
  return (
    <ol className="checklist-steps panel" aria-label="Steps">
      {steps.map((step) => {
        const { title, text } = wordsOf(step)
        return (
          <li className="stack align-center" key={step._id}>
            <StepMark isDone={step.isDone} />
            <div>
              <h3 className="strong">
                {title}{' '}
                {!step.isDone && step.isOptional && (
                  <span className="optional chip idle regular">Optional</span>
                )}
              </h3>
              <p className="note breaks">
                <bdi>{text}</bdi>
              </p>
            </div>
            {!step.isDone && <StepAction realm={realm} step={step} isNext={step === next} onOpen={onOpen} />}
          </li>
        )
      })}
    </ol>
  )
}

function StepMark({ isDone }: { isDone: boolean }) {
  return (
    <span className={isDone ? 'stack ink-good' : 'stack faint'}>
      {isDone ? (
        <IconCircleCheckFilled size={22} aria-hidden />
      ) : (
        <IconCircle size={22} stroke={1.5} aria-hidden />
      )}
      <span className="spoken">{isDone ? 'Done' : 'To do'}</span>
    </span>
  )
}
