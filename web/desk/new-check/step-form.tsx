import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Callback, outputOf, type Step, withInput } from '../../api/authenticate.ts'
import { plainText } from '../../check-model/plain-text.ts'

type FormProps = {
  step: Step
  title: string
  /** `h2` if the form is only a part of the page. */
  heading?: 'h1' | 'h2'
  onAnswer(step: Step): void
  onBack?: () => void
}

/** A step of the front journey that the agent has to answer. */
export function StepForm({ step, title, heading: Heading = 'h1', onAnswer, onBack }: FormProps) {
  const [answer, setAnswer] = useState(step)
  const isUnsupported = step.callbacks.some(({ type }) => !supportedTypes.has(type))
  return (
    <form
      className="step-form"
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(answer)
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
      {answer.callbacks.map((callback, position) => (
        <CallbackField
          // biome-ignore lint/suspicious/noArrayIndexKey: the callbacks of a step never move
          key={position}
          callback={callback}
          onChange={(value) => setAnswer(withInput(answer, position, value))}
        />
      ))}
      {isUnsupported && <p>The desk can’t show this step. Ask an administrator.</p>}
      <div className="go">
        <Button type="submit" disabled={isUnsupported}>
          Continue
        </Button>
        {onBack !== undefined && (
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
        )}
      </div>
    </form>
  )
}

const textTypes = new Set([
  'NameCallback',
  'StringAttributeInputCallback',
  'TextInputCallback',
  'ValidatedCreateUsernameCallback',
  'NumberAttributeInputCallback',
])
const passwordTypes = new Set(['PasswordCallback', 'ValidatedCreatePasswordCallback'])
const supportedTypes = new Set([
  ...textTypes,
  ...passwordTypes,
  'ChoiceCallback',
  'ConfirmationCallback',
  'BooleanAttributeInputCallback',
  'TextOutputCallback',
  'MetadataCallback',
  'HiddenValueCallback',
])

function CallbackField({ callback, onChange }: { callback: Callback; onChange(value: unknown): void }) {
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
  if (passwordTypes.has(type)) {
    return (
      <PasswordInput
        label={label}
        value={text}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (!textTypes.has(type)) return null
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
  const options = outputOf(callback, 'choices') ?? outputOf(callback, 'options')
  const choices = Array.isArray(options) ? options.map((choice) => plainText(String(choice))) : []
  return (
    <NativeSelect
      label={label}
      value={String(callback.input[0]?.value ?? 0)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data={choices.map((choice, index) => ({ value: String(index), label: choice }))}
    />
  )
}
