import type { Step } from '../../api/authenticate.ts'
import { plain, withoutTags } from '../messages/plain.ts'
import { Said } from '../messages/said.tsx'
import { translated, useWords } from '../translations/words.tsx'
import { longestMessage } from './heading.ts'
import { callbacksOf, textOf } from './inputs.ts'

/** What a step says below its heading: the journey's own description, and what pages say that wait for something. */
export function StepLede({ step }: { step: Step }) {
  const words = useWords()
  const [waiting] = callbacksOf(step, 'PollingWaitCallback')
  const [suspended] = callbacksOf(step, 'SuspendedTextOutputCallback')
  const message = waiting
    ? translated(words, plain(withoutTags(textOf(waiting, 'message')), longestMessage))
    : ''
  return (
    <>
      {step.description && <Said text={step.description} />}
      {waiting && (
        <>
          {step.header && <bdi>{message}</bdi>}
          <p>{words.waitingText}</p>
        </>
      )}
      {suspended && (
        <>
          <Said text={textOf(suspended, 'message')} />
          <p>{words.close}</p>
        </>
      )}
    </>
  )
}

/** Whether there is anything to say. */
export function hasLede({ description, callbacks }: Step): boolean {
  const says = ['PollingWaitCallback', 'SuspendedTextOutputCallback']
  return Boolean(description) || callbacks.some(({ type }) => says.includes(type))
}
