import { Select } from '@mantine/core'
import { emptyValue } from '../field-kind.ts'
import { type FieldProps, inputProps } from './field.ts'

/** One of several values, shown by title. A current value outside the list stays visible. */
export function ChoiceField(props: FieldProps) {
  const { value, setting, isRequired, onChange } = props
  const titles = setting.options?.enum_titles ?? []
  const choices = (setting.enum ?? []).map((choice, at) => ({
    choice,
    value: String(choice),
    label: String(titles[at] ?? choice),
  }))
  const shown = value ?? setting.default ?? null
  const current = shown === null ? null : String(shown)
  const isUnknown = current !== null && !choices.some((choice) => choice.value === current)
  const data = choices.map(({ value, label }) => ({ value, label }))
  return (
    <Select
      {...inputProps(props)}
      data={isUnknown ? [...data, { value: current, label: `${current} (unknown)` }] : data}
      value={current}
      allowDeselect={false}
      clearable={!isRequired && setting.default === undefined}
      onChange={(chosen) =>
        onChange(choices.find((choice) => choice.value === chosen)?.choice ?? emptyValue(setting, isRequired))
      }
    />
  )
}
