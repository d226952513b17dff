import { Field } from '../components/field.tsx'
import { SecretControl } from '../components/secret-control.tsx'
import { TextQuestion } from '../components/text-question.tsx'
import { passwordHints } from '../step/hints.ts'
import { promptOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useStepForm } from '../step/step-form.ts'
import { translated, useWords } from '../translations/words.tsx'

/** A password, or the answer to a question that is nobody else's to see. A code that counts once need not be hidden. */
export function Password({ callback }: CallbackProps) {
  const words = useWords()
  const { step, errorsOf } = useStepForm()
  const { name, text, change } = useInput(callback)
  const hints = passwordHints(callback, step)
  if (hints.isShown) return <TextQuestion callback={callback} hints={hints} />
  const label = translated(words, promptOf(callback))
  return (
    <Field id={name} label={label} errors={errorsOf(callback)}>
      {(control) => (
        <SecretControl
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
