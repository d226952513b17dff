import { outputOf } from '../../api/authenticate.ts'
import { CheckedText } from '../components/checked-text.tsx'
import { attributeHints } from '../step/hints.ts'
import type { CallbackProps } from '../step/step-form.ts'

/** An attribute that is a text. */
export function StringAttributeInput({ callback }: CallbackProps) {
  const isOptional = outputOf(callback, 'required') === false
  return <CheckedText callback={callback} hints={attributeHints(callback)} isOptional={isOptional} />
}
