import { Field } from '../components/field.tsx'
import { PasswordInput } from '../components/password-input.tsx'
import { TextQuestion } from '../components/text-question.tsx'
import { passwordHints } from '../step/autofill-hints.ts'
import { promptOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useStepForm } from '../step/step-form.ts'
import { translateSent, useTexts } from '../translations/texts.tsx'

/** A password or another secret. One-time codes are not masked. */
export function Password({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step, errorsOf } = useStepForm()
  const { name, text, change } = useInput(callback)
  const hints = passwordHints(callback, step)
  if (hints.isShown) return <TextQuestion callback={callback} hints={hints} />
  const label = translateSent(texts, promptOf(callback))
  return (
    <Field id={name} label={label} errors={errorsOf(callback)}>
      {(control) => (
        <PasswordInput
          {...control}
          label={label}
          name={name}
          value={text}
          autoComplete={hints.autoComplete}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
