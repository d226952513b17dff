import { Button } from '@mantine/core'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { outputOf, type Step, withInput } from '../../../api/authenticate.ts'
import { CallbackField } from './callbacks/callback-field.tsx'
import { prefilledStep } from './choices/prefilled-step.ts'
import type { RunChoices } from './choices/run-choices.ts'

type Props = {
  step: Step
  choices: RunChoices
  isWaiting: boolean
  submitLabel?: string
  onAnswer(step: Step): void
}

/** A step as a form. Unknown callback types are shown as JSON. */
export function CallbackForm({ step, choices, isWaiting, submitLabel = 'Next', onAnswer }: Props) {
  const [answer, setAnswer] = useState(() => prefilledStep(step, choices))
  usePolling(step, isWaiting, () => onAnswer(answer))
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onAnswer(answer)
  }
  const isPolling = step.callbacks.some(({ type }) => type === 'PollingWaitCallback')
  const isAsking = step.callbacks.some(
    ({ input, type }) => input.length > 0 && type !== 'ConfirmationCallback',
  )
  const hasButtons = step.callbacks.some(({ type }) => type === 'ConfirmationCallback')
  return (
    <form className="callbacks stack gap-3 breaks" onSubmit={submit}>
      {step.header !== undefined && (
        <h3 className="text-read strong">
          <bdi>{step.header}</bdi>
        </h3>
      )}
      {step.description !== undefined && (
        <p>
          <bdi>{step.description}</bdi>
        </p>
      )}
      {step.callbacks.map((callback, position) => (
        <CallbackField
          // biome-ignore lint/suspicious/noArrayIndexKey: callbacks are identified by their position
          key={position}
          callback={callback}
          value={answer.callbacks[position] ?? callback}
          onChange={(value, input = 0) => setAnswer((before) => withInput(before, position, value, input))}
          onChoose={(value) => onAnswer(withInput(answer, position, value))}
        />
      ))}
      {isPolling && <p className="fine">The journey continues automatically.</p>}
      {(isAsking || (!hasButtons && !isPolling)) && !isSuspended(step) && (
        <Button type="submit" loading={isWaiting}>
          {submitLabel}
        </Button>
      )}
    </form>
  )
}

function isSuspended({ callbacks }: Step): boolean {
  return callbacks.some(
    (callback) =>
      callback.type === 'SuspendedTextOutputCallback' ||
      (callback.type === 'RedirectCallback' && outputOf(callback, 'redirectMethod') === 'POST'),
  )
}

/** Answers a polling step when its wait time has passed. */
function usePolling(step: Step, isWaiting: boolean, onTime: () => void): void {
  const latestOnTime = useRef(onTime)
  latestOnTime.current = onTime
  useEffect(() => {
    const callback = step.callbacks.find(({ type }) => type === 'PollingWaitCallback')
    if (callback === undefined || isWaiting) return
    const time = Number(outputOf(callback, 'waitTime'))
    const timer = setTimeout(() => latestOnTime.current(), Number.isFinite(time) ? time : 5_000)
    return () => clearTimeout(timer)
  }, [step, isWaiting])
}
