import './fields.css'
import {
  Button,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { type ComponentType, useState } from 'react'
import { defined } from '../../../api/defined.ts'
import { emptyValue, type FieldKind, fieldKindOf, typeOf } from '../field-kind.ts'
import { useFormContext } from '../form-context.tsx'
import { type FieldProps, inputProps } from './field.ts'
import { JsonField } from './json-field.tsx'
import { LocalisedTextField } from './localised-text-field.tsx'
import { MapField } from './map-field.tsx'
import { JourneyField, ProvidersField, TemplateField } from './reference-fields.tsx'
import { ScriptField } from './script-field.tsx'
import { withCurrentOption } from './with-current.ts'

const fields: Readonly<Record<Exclude<FieldKind, 'hidden'>, ComponentType<FieldProps>>> = {
  text: TextField,
  number: NumberField,
  switch: SwitchField,
  choice: ChoiceField,
  choices: ChoicesField,
  list: ListField,
  map: MapField,
  texts: LocalisedTextField,
  script: ScriptField,
  journey: JourneyField,
  template: TemplateField,
  providers: ProvidersField,
  'node-type': NodeTypeField,
  secret: SecretField,
  json: JsonField,
}

/** The form field for one setting. */
export function SettingField(props: FieldProps) {
  const kind = fieldKindOf(props.setting, props.value)
  if (kind === 'hidden') return null
  const Field = fields[kind]
  return <Field {...props} />
}

/** One of several values, shown by title. A current value outside the list stays visible. */
function ChoiceField(props: FieldProps) {
  const { value, setting, isRequired, onChange } = props
  const titles = setting.options?.enum_titles ?? []
  const choices = (setting.enum ?? []).map((choice, at) => ({
    choice,
    value: String(choice),
    label: String(titles[at] ?? choice),
  }))
  const shown = value ?? setting.default ?? null
  const current = shown === null ? null : String(shown)
  const isUnknown = current !== null && !choices.some((choice) => choice.value === current)
  const data = choices.map(({ value, label }) => ({ value, label }))
  return (
    <Select
      {...inputProps(props)}
      data={isUnknown ? [...data, { value: current, label: `${current} (unknown)` }] : data}
      value={current}
      allowDeselect={false}
      clearable={!isRequired && setting.default === undefined}
      onChange={(chosen) =>
        onChange(choices.find((choice) => choice.value === chosen)?.choice ?? emptyValue(setting, isRequired))
      }
    />
  )
}

function ChoicesField(props: FieldProps) {
  const { value, setting, onChange } = props
  const chosen = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const all = (setting.items?.enum ?? []).map((choice) => ({ value: String(choice), label: String(choice) }))
  const data = chosen.reduce((options, each) => withCurrentOption(options, each), all)
  return <MultiSelect {...inputProps(props)} data={data} value={chosen} onChange={onChange} />
}

/** A list of texts. For state keys, it suggests the keys that the journey's nodes write. */
function ListField(props: FieldProps) {
  const { value, setting, onChange } = props
  const { stateKeys } = useFormContext()
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const isOfState = setting.refers?.to === 'stateKey'
  const hasWildcard = setting.refers?.hasWildcard === true
  const suggestions = isOfState ? [...(hasWildcard ? ['*'] : []), ...stateKeys] : []
  return (
    <TagsInput
      {...inputProps(props)}
      value={texts}
      data={suggestions}
      splitChars={[]}
      acceptValueOnBlur
      // An empty dropdown would swallow the first Escape.
      {...(suggestions.length === 0 ? { dropdownOpened: false } : {})}
      placeholder={texts.length === 0 ? 'Type and press Enter' : ''}
      onChange={onChange}
    />
  )
}

/** A node type. Only built-in types with fixed outcomes can be imitated. */
function NodeTypeField(props: FieldProps) {
  const { value, setting, onChange } = props
  const { nodeTypes } = useFormContext()
  const isImitable = setting.refers?.imitable === true
  const data = nodeTypes
    .filter(({ outcomes, isCustom }) => !isImitable || (outcomes !== null && !isCustom))
    .map(({ type, title }) => ({ value: type, label: title }))
  return (
    <Select
      {...inputProps(props)}
      searchable
      data={withCurrentOption(data, value)}
      value={typeof value === 'string' && value !== '' ? value : null}
      allowDeselect={false}
      placeholder="Choose a node type"
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  )
}

function NumberField(props: FieldProps) {
  const { value, setting, isRequired, onChange } = props
  return (
    <NumberInput
      {...inputProps(props)}
      value={typeof value === 'number' ? value : ''}
      allowDecimal={typeOf(setting) === 'number'}
      {...defined({ min: setting.minimum, max: setting.maximum })}
      clampBehavior="none"
      onChange={(number) => onChange(typeof number === 'number' ? number : emptyValue(setting, isRequired))}
    />
  )
}

/** A write-only field: the stored secret is never shown. */
function SecretField(props: FieldProps) {
  const { value, setting, onChange } = props
  const [typed, setTyped] = useState('')
  const isSet = value != null && value !== ''
  return (
    <div className="secret-field">
      <PasswordInput
        {...inputProps(props)}
        value={typed}
        autoComplete="new-password"
        placeholder={isSet ? 'Saved. Type to replace it.' : 'Not set'}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          if (currentTarget.value !== '') onChange(currentTarget.value)
        }}
      />
      {isSet && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            setTyped('')
            // A missing value would keep the stored secret.
            onChange('')
          }}
        >
          Remove {setting.title}
        </Button>
      )}
    </div>
  )
}

function SwitchField(props: FieldProps) {
  const { value, setting, onChange } = props
  const { withAsterisk: _, ...rest } = inputProps(props)
  const isOn = typeof value === 'boolean' ? value : setting.default === true
  return (
    <Switch
      {...rest}
      labelPosition="left"
      className="switch-field"
      checked={isOn}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  )
}

function TextField(props: FieldProps) {
  const { value, setting, isRequired, onChange } = props
  return (
    <TextInput
      {...inputProps(props)}
      value={typeof value === 'string' ? value : ''}
      dir="auto"
      onChange={({ currentTarget: { value: text } }) =>
        onChange(text === '' ? emptyValue(setting, isRequired) : text)
      }
    />
  )
}
