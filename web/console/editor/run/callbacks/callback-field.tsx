import {
  Autocomplete,
  Button,
  Checkbox,
  NumberInput,
  PasswordInput,
  Radio,
  Select,
  TextInput,
} from '@mantine/core'
import type { ComponentType } from 'react'
import * as z from 'zod/mini'
import { outputOf } from '../../../../api/authenticate.ts'
import { type CallbackProps, failuresOf, inputOf, promptOf, textsOf } from './callback-props.ts'
import { Notice, Redirect } from './shown-callbacks.tsx'

export function CallbackField(props: CallbackProps) {
  const { type } = props.callback
  const Field = (Object.hasOwn(fields, type) ? fields[type] : undefined) ?? AnyCallback
  return <Field {...props} />
}

const fields: Readonly<Record<string, ComponentType<CallbackProps>>> = {
  NameCallback: TextField,
  TextInputCallback: TextField,
  StringAttributeInputCallback: TextField,
  ValidatedCreateUsernameCallback: TextField,
  PasswordCallback: SecretField,
  ValidatedCreatePasswordCallback: SecretField,
  NumberAttributeInputCallback: NumberField,
  BooleanAttributeInputCallback: BooleanField,
  ConsentMappingCallback: BooleanField,
  TermsAndConditionsCallback: BooleanField,
  ChoiceCallback: ChoiceField,
  ConfirmationCallback: Buttons,
  TextOutputCallback: Notice,
  SuspendedTextOutputCallback: Notice,
  PollingWaitCallback: Notice,
  RedirectCallback: Redirect,
  KbaCreateCallback: KbaField,
  SelectIdPCallback: ProviderField,
}

function TextField(props: CallbackProps) {
  const value = inputOf(props.value)
  return (
    <TextInput
      label={<bdi>{promptOf(props.callback, 'Text')}</bdi>}
      dir="auto"
      autoComplete="off"
      value={typeof value === 'string' ? value : ''}
      error={failuresOf(props.callback)}
      onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
    />
  )
}

function SecretField(props: CallbackProps) {
  const value = inputOf(props.value)
  return (
    <PasswordInput
      label={<bdi>{promptOf(props.callback, 'Password')}</bdi>}
      autoComplete="off"
      value={typeof value === 'string' ? value : ''}
      error={failuresOf(props.callback)}
      onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
    />
  )
}

function NumberField(props: CallbackProps) {
  const value = inputOf(props.value)
  return (
    <NumberInput
      label={<bdi>{promptOf(props.callback, 'Number')}</bdi>}
      value={typeof value === 'number' ? value : ''}
      error={failuresOf(props.callback)}
      onChange={(number) => props.onChange(typeof number === 'number' ? number : '')}
    />
  )
}

function BooleanField(props: CallbackProps) {
  const terms = outputOf(props.callback, 'terms') ?? outputOf(props.callback, 'message')
  return (
    <>
      {typeof terms === 'string' && (
        <p>
          <bdi>{terms}</bdi>
        </p>
      )}
      <Checkbox
        label={<bdi>{promptOf(props.callback, 'Accept')}</bdi>}
        checked={inputOf(props.value) === true}
        error={failuresOf(props.callback)}
        onChange={({ currentTarget }) => props.onChange(currentTarget.checked)}
      />
    </>
  )
}

function ChoiceField(props: CallbackProps) {
  const choices = textsOf(outputOf(props.callback, 'choices'))
  const value = inputOf(props.value)
  return (
    <Select
      label={<bdi>{promptOf(props.callback, 'Choice')}</bdi>}
      data={choices.map((label, at) => ({ value: String(at), label }))}
      value={String(value ?? 0)}
      allowDeselect={false}
      onChange={(chosen) => props.onChange(Number(chosen ?? 0))}
    />
  )
}

function Buttons({ callback, onChoose }: CallbackProps) {
  const options = textsOf(outputOf(callback, 'options'))
  return (
    <div className="wrap gap-2">
      {options.map((option, at) => (
        <Button key={option} variant={at === 0 ? 'filled' : 'default'} onClick={() => onChoose(at)}>
          <bdi>{option}</bdi>
        </Button>
      ))}
    </div>
  )
}

/** A security question, own or from a list, with its answer. */
function KbaField({ callback, value, onChange }: CallbackProps) {
  return (
    <>
      <Autocomplete
        label={<bdi>{promptOf(callback, 'Question')}</bdi>}
        data={textsOf(outputOf(callback, 'predefinedQuestions'))}
        value={String(inputOf(value, 0) ?? '')}
        onChange={(text) => onChange(text, 0)}
      />
      <TextInput
        label="Answer"
        autoComplete="off"
        value={String(inputOf(value, 1) ?? '')}
        onChange={({ currentTarget }) => onChange(currentTarget.value, 1)}
      />
    </>
  )
}

const providersSchema = z.array(z.looseObject({ provider: z.string() }))

function ProviderField({ callback, value, onChange }: CallbackProps) {
  const parsed = z.safeParse(providersSchema, outputOf(callback, 'providers'))
  const chosen = inputOf(value)
  return (
    <Radio.Group label="Sign in with" value={typeof chosen === 'string' ? chosen : null} onChange={onChange}>
      {(parsed.success ? parsed.data : []).map(({ provider }) => (
        <Radio key={provider} value={provider} label={<bdi>{provider}</bdi>} mt="xs" />
      ))}
    </Radio.Group>
  )
}

/** A callback without a field of its own: its output as JSON, its inputs as text fields. */
function AnyCallback({ callback, value, onChange }: CallbackProps) {
  const output = Object.fromEntries(callback.output.map(({ name, value }) => [name, value]))
  return (
    <details className="any" open={callback.input.length > 0}>
      <summary>{callback.type}</summary>
      {callback.output.length > 0 && (
        <pre className="code json text-small breaks" dir="ltr">
          {JSON.stringify(output, null, 2)}
        </pre>
      )}
      {callback.input.map(({ name }, at) => (
        <TextInput
          key={name}
          size="xs"
          label={name}
          autoComplete="off"
          value={textFrom(value.input[at]?.value)}
          onChange={({ currentTarget }) => onChange(valueFrom(currentTarget.value), at)}
        />
      ))}
    </details>
  )
}

function textFrom(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}

/** Parses numbers and booleans; everything else stays a text. */
function valueFrom(text: string): unknown {
  return /^(true|false|-?\d+(\.\d+)?)$/.test(text) ? JSON.parse(text) : text
}
