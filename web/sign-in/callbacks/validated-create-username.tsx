import { ValidatedTextQuestion } from '../components/validated-text-question.tsx'
import type { CallbackProps } from '../step/step-form.ts'

/** A new username with policies. */
export function ValidatedCreateUsername({ callback }: CallbackProps) {
  return <ValidatedTextQuestion callback={callback} hints={{ autoComplete: 'username' }} />
}
