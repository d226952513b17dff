import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type Step, steps } from './problems.ts'

const stepTitles: Readonly<Record<Step, string>> = {
  name: 'Name and description',
  properties: 'Properties',
  settings: 'Settings',
  script: 'Script',
  save: 'Save',
}

/** Links to all steps. */
export function StepsNavigation({ realm, id, step, unready }: StepsNavigationProps) {
  return (
    <nav className="wizard-steps" aria-label="Steps">
      <ol className="stack gap-2px">
        {steps.map((name, index) => {
          const isDone = index < steps.indexOf(step) && !unready.has(name)
          return (
            <li key={name} className={isDone ? 'done' : undefined}>
              <Link
                className="align-center medium muted"
                to="/custom-nodes/$id"
                params={{ id }}
                search={{ realm }}
                hash={name}
                activeOptions={{ includeHash: true }}
                // Without a hash the first step is shown.
                aria-current={name === step ? 'page' : undefined}
              >
                <Dot number={index + 1} isDone={isDone} />
                <span>{stepTitles[name]}</span>
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function Dot({ number, isDone }: { number: number; isDone: boolean }) {
  return (
    <span className="dot stack place-center text-small strong" aria-hidden="true">
      {isDone ? <IconCheck size={14} stroke={2.75} /> : number}
    </span>
  )
}

/** `unready` are the steps with problems. */
type StepsNavigationProps = { realm: string; id: string; step: Step; unready: ReadonlySet<Step> }
