import { Switch } from '@mantine/core'
import { type FieldProps, shared } from './field.ts'

export function SwitchField(props: FieldProps) {
  const { value, setting, onChange } = props
  const { withAsterisk: _, ...rest } = shared(props)
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
