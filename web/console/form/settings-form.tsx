import './settings-form.css'
import { isJsonObject, type Json } from '../../api/json.ts'
import { SettingField } from './fields/setting-field.tsx'
import { ItemsField } from './items-field.tsx'
import { inOrder, type NestedProps, nestedKindOf } from './nested-kind.ts'
import { OptionalField } from './optional-field.tsx'
import { TextsByKeyField } from './texts-by-key-field.tsx'

/** A setting in the field that suits it; one that has settings inside with all of these. */
export function NestedField(props: NestedProps) {
  const { setting } = props
  switch (nestedKindOf(setting)) {
    case 'group':
      return (
        <fieldset className="settings-group">
          {setting.title !== '' && <legend>{setting.title}</legend>}
          {setting.description !== '' && <p className="hint">{setting.description}</p>}
          <GroupFields {...props} />
        </fieldset>
      )
    case 'optional':
      return <OptionalField {...props} Fields={GroupFields} />
    case 'items':
      return <ItemsField {...props} Fields={GroupFields} />
    case 'texts-by-key':
      return <TextsByKeyField {...props} />
    default:
      return <LeafField {...props} />
  }
}

/** The fields of a group, in its order. */
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
    <SettingField
      name={path.join('.')}
      setting={setting}
      value={value}
      isRequired={(setting.minLength ?? 0) > 0}
      error={problemAt(problems, path, value)}
      onDone={() => {}}
      onChange={(next) => onChange(path, next === undefined ? emptyValueLike(value) : next)}
    />
  )
}

/** A setting of a realm is always there: what somebody empties is empty, and not missing. */
function emptyValueLike(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return []
  return typeof value === 'string' ? '' : undefined
}

/** What is wrong with a value, or with one of a list, which is named then. */
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
