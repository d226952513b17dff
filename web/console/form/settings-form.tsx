import { Switch } from '@mantine/core'
import { memo, useRef } from 'react'
import { optionalPart } from './nested-kind.ts'
import { newValueOf } from './new-value.ts'
import './settings-form.css'
import { isJsonObject, type Json } from '../../api/json.ts'
import { SettingField } from './fields/setting-field.tsx'
import { ItemsField } from './items-field.tsx'
import { inOrder, type NestedProps, nestedKindOf } from './nested-kind.ts'
import { TextsByKeyField } from './texts-by-key-field.tsx'
import { VariantsField } from './variants-field.tsx'

/** The form field for a setting, including nested settings. Drawn again only when it changes: a form has hundreds. */
export const NestedField = memo(AnyField, isSameField)

/** Problems of other settings don't concern the field. */
function isSameField(before: NestedProps, now: NestedProps): boolean {
  const place = now.path.join('.')
  const problemsOf = ({ problems }: NestedProps) =>
    [...problems].filter(([key]) => key === place || key.startsWith(`${place}.`)).join('\n')
  return (
    before.setting === now.setting &&
    before.value === now.value &&
    before.onChange === now.onChange &&
    before.path.join('.') === place &&
    problemsOf(before) === problemsOf(now)
  )
}

function AnyField(props: NestedProps) {
  const { setting } = props
  switch (nestedKindOf(setting)) {
    case 'group':
      return (
        <fieldset className="settings-group stack items-start gap-4" data-setting={props.path.join('.')}>
          {setting.title !== '' && <legend className="below-3 strong">{setting.title}</legend>}
          {setting.description !== '' && <p className="hint fine">{setting.description}</p>}
          <GroupFields {...props} />
        </fieldset>
      )
    case 'optional':
      return <OptionalField {...props} />
    case 'variants':
      return <VariantsField {...props} Fields={GroupFields} />
    case 'items':
      return <ItemsField {...props} Fields={GroupFields} />
    case 'texts-by-key':
      return <TextsByKeyField {...props} />
    default:
      return <LeafField {...props} />
  }
}

export function GroupFields({ setting, path, value, problems, onChange }: NestedProps) {
  const values = isJsonObject(value) ? value : {}
  return inOrder(setting).map(([name, inner]) => (
    <NestedField
      key={name}
      path={[...path, name]}
      setting={inner}
      value={values[name]}
      problems={problems}
      onChange={onChange}
    />
  ))
}

function LeafField({ setting, path, value, problems, onChange }: NestedProps) {
  return (
    <div className="setting-place" data-setting={path.join('.')}>
      <SettingField
        name={path.join('.')}
        setting={setting}
        value={value}
        isRequired={(setting.minLength ?? 0) > 0}
        error={problemAt(problems, path, value)}
        onDone={() => {}}
        onChange={(next) => onChange(path, next === undefined ? emptyValueLike(value) : next)}
      />
    </div>
  )
}

/** Realm settings are never missing, so an emptied field stores an empty value. */
function emptyValueLike(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return []
  return typeof value === 'string' ? '' : undefined
}

/** The problem of a value, or of the first invalid item of a list, with that item's name. */
function problemAt(
  problems: NestedProps['problems'],
  path: readonly string[],
  value: Json | undefined,
): string | undefined {
  const place = path.join('.')
  const own = problems.get(place)
  if (own !== undefined) return own
  const inside = [...problems].find(([key]) => key.startsWith(`${place}.`))
  if (inside === undefined) return undefined
  const [key, problem] = inside
  const item = Array.isArray(value) ? value[Number(key.slice(place.length + 1))] : undefined
  return item === undefined ? problem : `${String(item)}: ${problem}`
}

/** An optional group of settings with a switch. Turning it off and on again restores the values. */
function OptionalField(props: NestedProps) {
  const { setting, path, value, onChange } = props
  const inner = optionalPart(setting) ?? setting
  const last = useRef<Json | undefined>(undefined)
  if (value != null) last.current = value
  const isOn = value != null
  return (
    <fieldset className="settings-group stack items-start gap-4" data-setting={path.join('.')}>
      <legend className="below-3 strong">{setting.title}</legend>
      <Switch
        label={setting.description || setting.title}
        checked={isOn}
        onChange={({ currentTarget: { checked } }) =>
          onChange(path, checked ? (last.current ?? newValueOf(inner)) : null)
        }
      />
      {isOn && <GroupFields {...props} setting={inner} />}
    </fieldset>
  )
}
