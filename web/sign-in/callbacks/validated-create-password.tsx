import { useState } from 'react'
import { Field } from '../components/field.tsx'
import { PasswordInput } from '../components/password-input.tsx'
import { PolicyList } from '../components/policy-list.tsx'
import { promptOf } from '../step/inputs.ts'
import { policiesOf } from '../step/policies.ts'
import { type CallbackProps, useInput, useLayout, useStepForm, useSubmitGuard } from '../step/step-form.ts'
import { translateSent, useTexts } from '../translations/texts.tsx'

/** A new password with policies, and a second field if the journey requires it. */
export function ValidatedCreatePassword({ callback }: CallbackProps) {
  const texts = useTexts()
  const { errorsOf } = useStepForm()
  const { name, text, change } = useInput(callback)
  const [refused] = useState(text)
  const isRepeated = useLayout(callback).confirmPassword === true
  const label = translateSent(texts, promptOf(callback))
  return (
    <>
      <Field
        id={name}
        label={label}
        errors={text === refused ? errorsOf(callback) : []}
        hint={<PolicyList policies={policiesOf(callback)} text={text} />}
      >
        {(control) => (
          <PasswordInput
            {...control}
            label={label}
            name={name}
            value={text}
            autoComplete="new-password"
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
      </Field>
      {isRepeated && <RepeatedPassword id={`${name}-again`} password={text} />}
    </>
  )
}

/** Only compared in the page, never sent. */
function RepeatedPassword({ id, password }: { id: string; password: string }) {
  const texts = useTexts()
  const [again, setAgain] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const isSame = again === password
  useSubmitGuard(() => {
    setIsAsked(true)
    return isSame ? {} : undefined
  })
  return (
    <Field id={id} label={texts.confirmPassword} errors={isAsked && !isSame ? [texts.noMatch] : []}>
      {(control) => (
        <PasswordInput
          {...control}
          label={texts.confirmPassword}
          value={again}
          autoComplete="new-password"
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
