import { useState } from 'react'
import { outputOf } from '../../api/authenticate.ts'
import { TextQuestion } from '../components/text-question.tsx'
import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useInput, useStepForm, useSubmitGuard } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'

/** Accepts a decimal comma. */
export function NumberAttributeInput({ callback }: CallbackProps) {
  const texts = useTexts()
  const { errorsOf } = useStepForm()
  const { text } = useInput(callback)
  const [isWrong, setIsWrong] = useState(false)
  const number = text.trim() === '' ? null : Number(text.trim().replace(',', '.'))
  const isNumber = number === null || Number.isFinite(number)
  useSubmitGuard(() => {
    setIsWrong(!isNumber)
    return isNumber ? { [inputName(callback)]: number } : undefined
  })
  return (
    <TextQuestion
      callback={callback}
      hints={{ autoComplete: 'off', inputMode: 'decimal' }}
      isOptional={outputOf(callback, 'required') === false}
      errors={isWrong && !isNumber ? [texts.number] : errorsOf(callback)}
    />
  )
}
