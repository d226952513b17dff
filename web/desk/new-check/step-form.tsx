import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Callback, outputOf, type Step, withInput } from '../../api/authenticate.ts'
import { plainText } from '../../check-model/plain-text.ts'

type FormProps = {
  step: Step
  title: string
  /** `h2` where it is not all of the page. */
  heading?: 'h1' | 'h2'
  onAnswer(step: Step): void
  onGiveUp?: () => void
}

/** A page of a front journey that asks the agent something. */
export function StepForm({ step, title, heading: Heading = 'h1', onAnswer, onGiveUp }: FormProps) {
  const [filled, setFilled] = useState(step)
  const isStrange = step.callbacks.some(({ type }) => !known.has(type))
  return (
    <form
      className="step-form"
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(filled)
      }}
    >
      <Heading>
        <bdi>{plainText(step.header ?? title)}</bdi>
      </Heading>
      {step.description !== undefined && (
        <p>
          <bdi>{plainText(step.description)}</bdi>
        </p>
      )}
      {filled.callbacks.map((callback, position) => (
        <Asked
          // biome-ignore lint/suspicious/noArrayIndexKey: the callbacks of a step never move
          key={position}
          callback={callback}
          onChange={(value) => setFilled(withInput(filled, position, value))}
        />
      ))}
      {isStrange && <p>This page asks something that the desk can’t show. Ask an administrator.</p>}
      <div className="go">
        <Button type="submit" disabled={isStrange}>
          Continue
        </Button>
        {onGiveUp !== undefined && (
          <Button variant="default" onClick={onGiveUp}>
            Back
          </Button>
        )}
      </div>
    </form>
  )
}

const texts = new Set([
  'NameCallback',
  'StringAttributeInputCallback',
  'TextInputCallback',
  'ValidatedCreateUsernameCallback',
  'NumberAttributeInputCallback',
])
const secrets = new Set(['PasswordCallback', 'ValidatedCreatePasswordCallback'])
const known = new Set([
  ...texts,
  ...secrets,
  'ChoiceCallback',
  'ConfirmationCallback',
  'BooleanAttributeInputCallback',
  'TextOutputCallback',
  'MetadataCallback',
  'HiddenValueCallback',
])

function Asked({ callback, onChange }: { callback: Callback; onChange(value: unknown): void }) {
  const { type } = callback
  const label = plainText(String(outputOf(callback, 'prompt') ?? outputOf(callback, 'message') ?? ''))
  const value = callback.input[0]?.value
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (type === 'TextOutputCallback') return <p>{label}</p>
  if (type === 'ChoiceCallback' || type === 'ConfirmationCallback') {
    return <Choice callback={callback} label={label || 'Choose'} onChange={onChange} />
  }
  if (type === 'BooleanAttributeInputCallback') {
    return (
      <Checkbox
        label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  }
  if (secrets.has(type)) {
    return (
      <PasswordInput
        label={label}
        value={text}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (!texts.has(type)) return null
  const change = (typed: string) =>
    onChange(type === 'NumberAttributeInputCallback' && typed !== '' ? Number(typed) : typed)
  return (
    <TextInput
      label={label}
      value={text}
      required={outputOf(callback, 'required') === true}
      autoComplete="off"
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

function Choice({
  callback,
  label,
  onChange,
}: {
  callback: Callback
  label: string
  onChange(value: unknown): void
}) {
  const given = outputOf(callback, 'choices') ?? outputOf(callback, 'options')
  const choices = Array.isArray(given) ? given.map((choice) => plainText(String(choice))) : []
  return (
    <NativeSelect
      label={label}
      value={String(callback.input[0]?.value ?? 0)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data={choices.map((choice, index) => ({ value: String(index), label: choice }))}
    />
  )
}
