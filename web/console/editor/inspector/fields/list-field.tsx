import { TagsInput } from '@mantine/core'
import { useEditor } from '../../editor-context.tsx'
import { stateKeysOf } from '../../model/state-keys.ts'
import { type FieldProps, shared } from './field.ts'

/** A list of texts: Enter adds one. Of state keys, those that nodes of the journey write are offered. */
export function ListField(props: FieldProps) {
  const { value, setting, onChange } = props
  const faces = useEditor(({ faces }) => faces)
  const book = useEditor(({ book }) => book)
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const isOfState = setting.refers?.to === 'stateKey'
  const offered = isOfState ? stateKeysOf(faces, book, setting.refers?.hasWildcard === true) : []
  return (
    <TagsInput
      {...shared(props)}
      value={texts}
      data={offered}
      splitChars={[]}
      acceptValueOnBlur
      placeholder={texts.length === 0 ? 'Type and press Enter' : ''}
      onChange={onChange}
    />
  )
}
