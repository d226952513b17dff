import { outputOf } from '../../api/authenticate.ts'
import { ValidatedTextQuestion } from '../components/validated-text-question.tsx'
import { attributeHints } from '../step/autofill-hints.ts'
import type { CallbackProps } from '../step/step-form.ts'

export function StringAttributeInput({ callback }: CallbackProps) {
  const isOptional = outputOf(callback, 'required') === false
  return (
    <ValidatedTextQuestion callback={callback} hints={attributeHints(callback)} isOptional={isOptional} />
  )
}
