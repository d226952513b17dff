import { MultiSelect } from '@mantine/core'
import { type FieldProps, inputProps } from './field.ts'
import { withCurrentOption } from './with-current.ts'

export function ChoicesField(props: FieldProps) {
  const { value, setting, onChange } = props
  const chosen = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const all = (setting.items?.enum ?? []).map((choice) => ({ value: String(choice), label: String(choice) }))
  const data = chosen.reduce((options, each) => withCurrentOption(options, each), all)
  return <MultiSelect {...inputProps(props)} data={data} value={chosen} onChange={onChange} />
}
