import { NumberInput } from '@mantine/core'
import { defined } from '../../../api/defined.ts'
import { emptyValue, typeOf } from '../field-kind.ts'
import { type FieldProps, inputProps } from './field.ts'

export function NumberField(props: FieldProps) {
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
