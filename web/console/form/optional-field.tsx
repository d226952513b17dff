import { Switch } from '@mantine/core'
import { type ComponentType, useRef } from 'react'
import type { Json } from '../../api/json.ts'
import { type NestedProps, optionalPart } from './nested-kind.ts'
import { newValueOf } from './new-value.ts'

/** Settings that are all there, or none of them. Switched off and on again, they are as they were. */
export function OptionalField({ Fields, ...props }: NestedProps & { Fields: ComponentType<NestedProps> }) {
  const { setting, path, value, onChange } = props
  const inner = optionalPart(setting) ?? setting
  const last = useRef<Json | undefined>(undefined)
  if (value != null) last.current = value
  const isOn = value != null
  return (
    <fieldset className="settings-group">
      <legend>{setting.title}</legend>
      <Switch
        label={setting.description || setting.title}
        checked={isOn}
        onChange={({ currentTarget: { checked } }) =>
          onChange(path, checked ? (last.current ?? newValueOf(inner)) : null)
        }
      />
      {isOn && <Fields {...props} setting={inner} />}
    </fieldset>
  )
}
