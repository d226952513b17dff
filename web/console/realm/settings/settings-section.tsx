import type { JsonObject } from '../../../api/json.ts'
import type { Setting } from '../../../api/setting.ts'
import type { NestedProps } from '../../form/nested-kind.ts'
import { GroupFields, NestedField } from '../../form/settings-form.tsx'
import type { Group } from './groups.ts'

type Props = Pick<NestedProps, 'problems' | 'onChange'> & {
  group: Group
  schema: Setting
  document: JsonObject
}

/** Settings that belong together. One that is a group itself shows what is in it. */
export function SettingsSection({ group, schema, document, problems, onChange }: Props) {
  const { id, title, description, members } = group
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {description !== '' && <p className="about">{description}</p>}
      {members.map((name) => {
        const setting = schema.properties?.[name]
        if (setting === undefined) return null
        const Field = setting.properties === undefined ? NestedField : GroupFields
        return (
          <Field
            key={name}
            path={[name]}
            setting={setting}
            value={document[name]}
            problems={problems}
            onChange={onChange}
          />
        )
      })}
    </section>
  )
}
