import { ValidatedTextQuestion } from '../components/validated-text-question.tsx'
import { configuredHints } from '../step/autofill-hints.ts'
import type { CallbackProps } from '../step/step-form.ts'

/** A new username with policies. */
export function ValidatedCreateUsername({ callback }: CallbackProps) {
  return (
    <ValidatedTextQuestion
      callback={callback}
      hints={configuredHints(callback, { autoComplete: 'username' })}
    />
  )
}
