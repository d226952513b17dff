import { useState } from 'react'
import { Field } from '../components/field.tsx'
import { PolicyList } from '../components/policy-list.tsx'
import { SecretControl } from '../components/secret-control.tsx'
import { promptOf } from '../step/inputs.ts'
import { policiesOf } from '../step/policies.ts'
import { type CallbackProps, useGate, useInput, useLayout, useStepForm } from '../step/step-form.ts'
import { translated, useWords } from '../translations/words.tsx'

/** A new password that the realm has to accept, typed twice where the journey wants it. */
export function ValidatedCreatePassword({ callback }: CallbackProps) {
  const words = useWords()
  const { errorsOf } = useStepForm()
  const { name, text, change } = useInput(callback)
  const [refused] = useState(text)
  const isRepeated = useLayout(callback).confirmPassword === true
  const label = translated(words, promptOf(callback))
  return (
    <>
      <Field
        id={name}
        label={label}
        errors={text === refused ? errorsOf(callback) : []}
        hint={<PolicyList policies={policiesOf(callback)} text={text} />}
      >
        {(control) => (
          <SecretControl
            {...control}
            label={label}
            name={name}
            value={text}
            autoComplete="new-password"
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
      </Field>
      {isRepeated && <Repeated id={`${name}-again`} password={text} />}
    </>
  )
}

/** The same password once more, which stays in the page. */
function Repeated({ id, password }: { id: string; password: string }) {
  const words = useWords()
  const [again, setAgain] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const isSame = again === password
  useGate(() => {
    setIsAsked(true)
    return isSame ? {} : undefined
  })
  return (
    <Field id={id} label={words.confirmPassword} errors={isAsked && !isSame ? [words.noMatch] : []}>
      {(control) => (
        <SecretControl
          {...control}
          label={words.confirmPassword}
          value={again}
          autoComplete="new-password"
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
