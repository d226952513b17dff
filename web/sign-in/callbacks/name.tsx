import { useState } from 'react'
import { TextQuestion } from '../components/text-question.tsx'
import { configuredHints, nameHints } from '../step/autofill-hints.ts'
import { type CallbackProps, useInput, useStepForm, useSubmitGuard } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'

/** A username or a code. */
export function Name({ callback }: CallbackProps) {
  const { step } = useStepForm()
  const hints = nameHints(callback, step)
  const isPasskeyOffered = step.callbacks.some(({ type }) => type === 'HiddenValueCallback')
  const autoComplete =
    hints.autoComplete === 'username' && isPasskeyOffered ? 'username webauthn' : hints.autoComplete
  if (step.stage === 'VerificationCode') return <AgentsCode callback={callback} />
  return <TextQuestion callback={callback} hints={configuredHints(callback, { ...hints, autoComplete })} />
}

const codeLength = 6

/** The code that the agent reads out. A part of it is not sent, because each wrong code costs one of three tries. */
function AgentsCode({ callback }: CallbackProps) {
  const { step } = useStepForm()
  const texts = useTexts()
  const { text } = useInput(callback)
  const [isIncomplete, setIsIncomplete] = useState(false)
  useSubmitGuard(() => {
    // Digits of any writing, as the server takes them.
    const isComplete = (text.match(/\p{Nd}/gu) ?? []).length === codeLength
    setIsIncomplete(!isComplete)
    return isComplete ? {} : undefined
  })
  const errors = isIncomplete ? { errors: [texts.sixDigits] } : {}
  return (
    <TextQuestion
      callback={callback}
      hints={configuredHints(callback, nameHints(callback, step))}
      {...errors}
    />
  )
}
