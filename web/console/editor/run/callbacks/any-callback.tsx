import { TextInput } from '@mantine/core'
import type { CallbackProps } from './callback-props.ts'

/** A callback without a field of its own: its output as JSON, its inputs as text fields. */
export function AnyCallback({ callback, value, onChange }: CallbackProps) {
  const output = Object.fromEntries(callback.output.map(({ name, value }) => [name, value]))
  return (
    <details className="any" open={callback.input.length > 0}>
      <summary>{callback.type}</summary>
      {callback.output.length > 0 && (
        <pre className="code json" dir="ltr">
          {JSON.stringify(output, null, 2)}
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

/** Parses numbers and booleans; everything else stays a text. */
function valueFrom(text: string): unknown {
  return /^(true|false|-?\d+(\.\d+)?)$/.test(text) ? JSON.parse(text) : text
}
