import { CheckQuestion } from '../components/check-question.tsx'
import { promptOf } from '../step/inputs.ts'
import type { CallbackProps } from '../step/step-form.ts'

/** An attribute that is yes or no. */
export function BooleanAttributeInput({ callback }: CallbackProps) {
  return <CheckQuestion callback={callback} label={promptOf(callback)} />
}
