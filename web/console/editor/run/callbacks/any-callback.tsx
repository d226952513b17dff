import { TextInput } from '@mantine/core'
import type { CallbackProps } from './callback-props.ts'

/** A callback that has no field of its own: what it says, and its inputs as texts. */
export function AnyCallback({ callback, value, onChange }: CallbackProps) {
  const said = Object.fromEntries(callback.output.map(({ name, value }) => [name, value]))
  return (
    <details className="any" open={callback.input.length > 0}>
      <summary>{callback.type}</summary>
      {callback.output.length > 0 && (
        <pre className="code json" dir="ltr">
          {JSON.stringify(said, null, 2)}
        </pre>
      )}
      {callback.input.map(({ name }, at) => (
        <TextInput
          key={name}
          size="xs"
          label={name}
          autoComplete="off"
          value={textFrom(value.input[at]?.value)}
          onChange={({ currentTarget }) => onChange(valueFrom(currentTarget.value), at)}
        />
      ))}
    </details>
  )
}

function textFrom(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}

/** Numbers and truth values as such; everything else is a text. */
function valueFrom(text: string): unknown {
  return /^(true|false|-?\d+(\.\d+)?)$/.test(text) ? JSON.parse(text) : text
}
