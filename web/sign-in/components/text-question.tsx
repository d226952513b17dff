import type { ReactNode } from 'react'
import type { Callback } from '../../api/authenticate.ts'
import type { Hints } from '../step/autofill-hints.ts'
import { promptOf } from '../step/inputs.ts'
import { useInput, useStepForm } from '../step/step-form.ts'
import { translateSent, useTexts } from '../translations/texts.tsx'
import { Field } from './field.tsx'

type TextQuestionProps = {
  callback: Callback
  hints: Hints
  isOptional?: boolean
  hint?: ReactNode
  /** Replaces the server's errors. */
  errors?: readonly string[]
  onBlur?(): void
}

export function TextQuestion({ callback, hints, isOptional, hint, errors, onBlur }: TextQuestionProps) {
  const texts = useTexts()
  const { errorsOf } = useStepForm()
  const { name, text, change } = useInput(callback)
  const isCode = hints.autoComplete === 'one-time-code'
  return (
    <Field
      id={name}
      label={translateSent(texts, promptOf(callback))}
      errors={errors ?? errorsOf(callback)}
      isOptional={isOptional ?? false}
      hint={hint}
    >
      {(control) => (
        <input
          {...control}
          className={isCode ? 'field-input code' : 'field-input'}
          type="text"
          name={name}
          value={text}
          dir={isCode ? 'ltr' : 'auto'}
          autoComplete={hints.autoComplete}
          inputMode={hints.inputMode}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => change(event.currentTarget.value)}
          onBlur={onBlur}
        />
      )}
    </Field>
  )
}
