import { useState } from 'react'
import { outputOf } from '../../api/authenticate.ts'
import { TextQuestion } from '../components/text-question.tsx'
import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useGate, useInput, useStepForm } from '../step/step-form.ts'
import { useWords } from '../translations/words.tsx'

/** An attribute that is a number. A comma is taken for a decimal point. */
export function NumberAttributeInput({ callback }: CallbackProps) {
  const words = useWords()
  const { errorsOf } = useStepForm()
  const { text } = useInput(callback)
  const [isWrong, setIsWrong] = useState(false)
  const number = text.trim() === '' ? null : Number(text.trim().replace(',', '.'))
  const isNumber = number === null || Number.isFinite(number)
  useGate(() => {
    setIsWrong(!isNumber)
    return isNumber ? { [inputName(callback)]: number } : undefined
  })
  return (
    <TextQuestion
      callback={callback}
      hints={{ autoComplete: 'off', inputMode: 'decimal' }}
      isOptional={outputOf(callback, 'required') === false}
      errors={isWrong && !isNumber ? [words.number] : errorsOf(callback)}
    />
  )
}
