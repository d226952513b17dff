import { Switch } from '@mantine/core'
import { type FieldProps, inputProps } from './field.ts'

export function SwitchField(props: FieldProps) {
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
