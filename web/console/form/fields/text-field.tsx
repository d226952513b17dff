import { TextInput } from '@mantine/core'
import { emptyValue } from '../field-kind.ts'
import { type FieldProps, inputProps } from './field.ts'

export function TextField(props: FieldProps) {
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
