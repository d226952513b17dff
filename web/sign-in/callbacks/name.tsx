import { TextQuestion } from '../components/text-question.tsx'
import { configuredHints, nameHints } from '../step/autofill-hints.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'

/** A username or a code. */
export function Name({ callback }: CallbackProps) {
  const { step } = useStepForm()
  const hints = nameHints(callback, step)
  const isPasskeyOffered = step.callbacks.some(({ type }) => type === 'HiddenValueCallback')
  const autoComplete =
    hints.autoComplete === 'username' && isPasskeyOffered ? 'username webauthn' : hints.autoComplete
  return <TextQuestion callback={callback} hints={configuredHints(callback, { ...hints, autoComplete })} />
}
