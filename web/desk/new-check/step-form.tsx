import './step-form.css'
import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Callback, outputOf, type Step, withInput } from '../../api/authenticate.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { t, translateKnown } from '../../translate/translate.ts'
import { choiceNotes } from './choice-notes.ts'
import { choicesOf, StepChoice } from './step-choice.tsx'

type FormProps = {
  step: Step
  title: string
  /** `h2` if the form is only a part of the page. */
  heading?: 'h1' | 'h2'
  isBusy?: boolean
  onAnswer(step: Step): void
  onBack?: () => void
}

/** A step of the front journey that the agent has to answer. */
export function StepForm(props: FormProps) {
  const { step, title, heading: Heading = 'h1', isBusy = false, onAnswer, onBack } = props
  const [changed, setChanged] = useState<Step>()
  const answer = changed ?? step
  const { rest } = choiceNotes(step.description, step.callbacks.flatMap(choicesOf))
  const isUnsupported = step.callbacks.some(({ type }) => !supportedTypes.has(type))
  return (
    <form
      className="step-form stack gap-4"
      data-filled={isBusy || changed !== undefined || undefined}
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(answer)
      }}
    >
      <Heading>
        <bdi>{plainText(step.header ?? title)}</bdi>
      </Heading>
      {rest !== '' && (
        <p className="muted">
          <bdi>{plainText(rest)}</bdi>
        </p>
      )}
      {answer.callbacks.map((callback, position) => (
        <CallbackField
          // biome-ignore lint/suspicious/noArrayIndexKey: the callbacks of a step never move
          key={position}
          callback={callback}
          description={step.description}
          onChange={(value) => setChanged(withInput(answer, position, value))}
        />
      ))}
      {isUnsupported && <p className="muted">{t('The desk can’t show this step. Ask an administrator.')}</p>}
      <div className="go row gap-3">
        <Button type="submit" disabled={isUnsupported} loading={isBusy}>
          {t('Continue')}
        </Button>
        {onBack !== undefined && (
          <Button variant="default" onClick={onBack}>
            {t('Back')}
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

type FieldProps = {
  callback: Callback
  description: string | undefined
  onChange(value: unknown): void
}

function CallbackField({ callback, description, onChange }: FieldProps) {
  const { type } = callback
  const label = plainText(
    translateKnown(String(outputOf(callback, 'prompt') ?? outputOf(callback, 'message') ?? '')),
  )
  const value = callback.input[0]?.value
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (type === 'TextOutputCallback') return <p className="muted">{label}</p>
  if (type === 'ChoiceCallback' || type === 'ConfirmationCallback') {
    return <StepChoice {...{ callback, description, onChange }} label={label || t('Choose')} />
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
