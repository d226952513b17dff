import { MultiSelect } from '@mantine/core'
import { type FieldProps, shared } from './field.ts'
import { withCurrent } from './with-current.ts'

/** Several of several values. */
export function ChoicesField(props: FieldProps) {
  const { value, setting, onChange } = props
  const chosen = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const all = (setting.items?.enum ?? []).map((choice) => ({ value: String(choice), label: String(choice) }))
  const data = chosen.reduce((options, each) => withCurrent(options, each), all)
  return <MultiSelect {...shared(props)} data={data} value={chosen} onChange={onChange} />
}
