import './fields.css'
import type { ComponentType } from 'react'
import { type FieldKind, fieldKindOf } from '../field-kind.ts'
import { ChoiceField } from './choice-field.tsx'
import { ChoicesField } from './choices-field.tsx'
import type { FieldProps } from './field.ts'
import { JsonField } from './json-field.tsx'
import { ListField } from './list-field.tsx'
import { LocalisedTextField } from './localised-text-field.tsx'
import { MapField } from './map-field.tsx'
import { NodeTypeField } from './node-type-field.tsx'
import { NumberField } from './number-field.tsx'
import { JourneyField, ProvidersField, TemplateField } from './reference-fields.tsx'
import { ScriptField } from './script-field.tsx'
import { SecretField } from './secret-field.tsx'
import { SwitchField } from './switch-field.tsx'
import { TextField } from './text-field.tsx'

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
