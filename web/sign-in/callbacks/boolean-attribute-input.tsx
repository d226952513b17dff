import { CheckboxQuestion } from '../components/checkbox-question.tsx'
import { promptOf } from '../step/inputs.ts'
import type { CallbackProps } from '../step/step-form.ts'

export function BooleanAttributeInput({ callback }: CallbackProps) {
  return <CheckboxQuestion callback={callback} label={promptOf(callback)} />
}
