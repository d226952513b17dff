import { Select, Textarea, TextInput } from '@mantine/core'
import type { ExpressionType } from '../../api/environment.ts'

/** The types of variables, and what their values must be. */
export const types: readonly { value: ExpressionType; label: string; about: string }[] = [
  { value: 'string', label: 'string: text', about: 'Any text.' },
  { value: 'int', label: 'int: whole number', about: 'A whole number.' },
  { value: 'number', label: 'number', about: 'A number.' },
  { value: 'bool', label: 'bool: true or false', about: 'true or false.' },
  { value: 'list', label: 'list: texts', about: 'Texts, separated by commas.' },
  { value: 'array', label: 'array: JSON array', about: 'A JSON array.' },
  { value: 'object', label: 'object: JSON object', about: 'A JSON object.' },
  {
    value: 'keyvaluelist',
    label: 'keyvaluelist: names with texts',
    about: 'A JSON object of texts, or name=value pairs, separated by commas.',
  },
  {
    value: 'base64encodedinlined',
    label: 'base64encodedinlined: text in base64',
    about: 'A text in base64. Settings get the decoded text.',
  },
]

const oneLine: ReadonlySet<ExpressionType> = new Set(['int', 'number', 'list'])

type Props = {
  type: ExpressionType
  value: string
  problem: string | undefined
  onChange(value: string): void
}

/** The value of a variable, in a field for its type. */
export function ValueField({ type, value, problem, onChange }: Props) {
  const shared = {
    label: 'Value',
    description: types.find((each) => each.value === type)?.about,
    error: problem,
    value,
    dir: 'auto',
    autoComplete: 'off',
    spellCheck: false,
  } as const
  if (type === 'bool') {
    const { dir: _dir, spellCheck: _spellCheck, ...select } = shared
    // A placeholder of another variable is possible, too.
    const data = [...new Set(['true', 'false', ...(value === '' ? [] : [value])])]
    return (
      <Select
        {...select}
        data={data}
        value={value === '' ? null : value}
        allowDeselect={false}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    )
  }
  if (oneLine.has(type))
    return <TextInput {...shared} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  return (
    <Textarea
      {...shared}
      autosize
      minRows={type === 'string' ? 1 : 3}
      maxRows={16}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
