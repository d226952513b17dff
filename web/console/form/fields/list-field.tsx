import { TagsInput } from '@mantine/core'
import { useFormContext } from '../form-context.tsx'
import { type FieldProps, inputProps } from './field.ts'

/** A list of texts. For state keys, it suggests the keys that the journey's nodes write. */
export function ListField(props: FieldProps) {
  const { value, setting, onChange } = props
  const { stateKeys } = useFormContext()
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const isOfState = setting.refers?.to === 'stateKey'
  const hasWildcard = setting.refers?.hasWildcard === true
  const suggestions = isOfState ? [...(hasWildcard ? ['*'] : []), ...stateKeys] : []
  return (
    <TagsInput
      {...inputProps(props)}
      value={texts}
      data={suggestions}
      splitChars={[]}
      acceptValueOnBlur
      // An empty dropdown would swallow the first Escape.
      {...(suggestions.length === 0 ? { dropdownOpened: false } : {})}
      placeholder={texts.length === 0 ? 'Type and press Enter' : ''}
      onChange={onChange}
    />
  )
}
