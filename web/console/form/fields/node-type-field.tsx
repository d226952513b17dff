import { Select } from '@mantine/core'
import { useFormContext } from '../form-context.tsx'
import { type FieldProps, inputProps } from './field.ts'
import { withCurrentOption } from './with-current.ts'

/** A node type. Only built-in types with fixed outcomes can be imitated. */
export function NodeTypeField(props: FieldProps) {
  const { value, setting, onChange } = props
  const { nodeTypes } = useFormContext()
  const isImitable = setting.refers?.imitable === true
  const data = nodeTypes
    .filter(({ outcomes, isCustom }) => !isImitable || (outcomes !== null && !isCustom))
    .map(({ type, title }) => ({ value: type, label: title }))
  return (
    <Select
      {...inputProps(props)}
      searchable
      data={withCurrentOption(data, value)}
      value={typeof value === 'string' && value !== '' ? value : null}
      allowDeselect={false}
      placeholder="Choose a node type"
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  )
}
