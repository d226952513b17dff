import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type Problem, type Step, steps } from './problems.ts'

/**
 * The step that the wizard shows, and the way to others. `left` are the steps that were left, or could not be. `work`
 * is the element that has the step's content.
 */
export function useSteps(realm: string, id: string, problems: readonly Problem[]) {
  const step = useStep()
  const go = useGo(realm, id)
  const work = useRef<HTMLDivElement>(null)
  const shown = useRef(step)
  const [left, setLeft] = useState<ReadonlySet<Step>>(new Set())
  const [refusals, setRefusals] = useState(0)
  useEffect(() => {
    const before = shown.current
    if (before === step) return
    shown.current = step
    setLeft((previous) => new Set([...previous, before]))
    work.current?.querySelector('h2')?.focus()
  }, [step])
  useEffect(() => {
    if (refusals > 0) work.current?.querySelector<HTMLElement>(firstProblem)?.focus()
  }, [refusals])
  return {
    step,
    left,
    work,
    back: () => go(steps[steps.indexOf(step) - 1] ?? 'name'),
    next() {
      // The last step lists what scripts lack: trying comes before writing all of it.
      const isHeld = step !== 'script' && problems.some((problem) => problem.step === step)
      if (!isHeld) return go(steps[steps.indexOf(step) + 1] ?? 'save')
      setLeft((previous) => new Set([...previous, step]))
      setRefusals((count) => count + 1)
    },
  }
}

/** An invalid field, or the button that opens the property that has it. */
const firstProblem = '[aria-invalid="true"], .properties li:has(.wrong) button[aria-expanded]'

/** The step is part of the URL, so that the browser's back and forward buttons work. */
function useStep(): Step {
  const hash = useLocation({ select: (location) => location.hash })
  return steps.find((name) => name === hash) ?? 'name'
}

function useGo(realm: string, id: string) {
  const navigate = useNavigate()
  return (step: Step) => {
    void navigate({ to: '/custom-nodes/$id', params: { id }, search: { realm }, hash: step })
  }
}
