import './push-number.css'
import type { Step } from '../../api/authenticate.ts'
import { cleanText, withoutTags } from '../messages/clean-text.ts'
import { Message } from '../messages/message.tsx'
import { translateSent, useTexts } from '../translations/texts.tsx'
import { maxMessageLength } from './heading.ts'
import { callbacksOf, textOf } from './inputs.ts'
import { pushNumberOf } from './special-steps.ts'

/** The text below the heading: the journey's description, and the message of polling and suspended pages. */
export function StepLede({ step }: { step: Step }) {
  const texts = useTexts()
  const [polling] = callbacksOf(step, 'PollingWaitCallback')
  const [suspended] = callbacksOf(step, 'SuspendedTextOutputCallback')
  const number = pushNumberOf(step)
  const message = polling
    ? translateSent(texts, cleanText(withoutTags(textOf(polling, 'message')), maxMessageLength))
    : ''
  return (
    <>
      {step.description && <Message text={step.description} />}
      {polling && (
        <>
          {step.header && <bdi>{message}</bdi>}
          {number !== undefined && (
            <>
              <p className="push-number">{number}</p>
              <p>{texts.pushNumber}</p>
            </>
          )}
          <p>{texts.waitingText}</p>
        </>
      )}
      {suspended && (
        <>
          <Message text={textOf(suspended, 'message')} />
          <p>{texts.close}</p>
        </>
      )}
    </>
  )
}

export function hasLede({ description, callbacks }: Step): boolean {
  const says = ['PollingWaitCallback', 'SuspendedTextOutputCallback']
  return Boolean(description) || callbacks.some(({ type }) => says.includes(type))
}
