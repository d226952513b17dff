import { Autocomplete, TextInput } from '@mantine/core'
import { outputOf } from '../../../../api/authenticate.ts'
import { type CallbackProps, inputOf, promptOf, textsOf } from './callback-props.ts'

/** A question of one's own or of a list, with its answer. */
export function KbaField({ callback, value, onChange }: CallbackProps) {
  return (
    <>
      <Autocomplete
        label={<bdi>{promptOf(callback, 'Question')}</bdi>}
        data={textsOf(outputOf(callback, 'predefinedQuestions'))}
        value={String(inputOf(value, 0) ?? '')}
        onChange={(text) => onChange(text, 0)}
      />
      <TextInput
        label="Answer"
        autoComplete="off"
        value={String(inputOf(value, 1) ?? '')}
        onChange={({ currentTarget }) => onChange(currentTarget.value, 1)}
      />
    </>
  )
}
