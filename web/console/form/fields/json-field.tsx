import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { isSameJson, type Json } from '../../../api/json.ts'
import { type FieldProps, inputProps } from './field.ts'

/** A value that no other field can show, such as a reference to a tenant secret. */
export function JsonField(props: FieldProps) {
  const { value, onChange, onDone } = props
  const [typed, setTyped] = useState<{ text: string; of: Json | undefined }>()
  const text = typed !== undefined && isSameJson(typed.of, value) ? typed.text : textOf(value)
  const parsed = parse(text)
  const { error, ...rest } = inputProps(props)
  return (
    <Textarea
      {...rest}
      autosize
      minRows={1}
      maxRows={12}
      classNames={{ input: 'code' }}
      value={text}
      spellCheck={false}
      dir="ltr"
      error={parsed.ok ? error : 'Enter valid JSON'}
      onChange={({ currentTarget }) => {
        const next = parse(currentTarget.value)
        setTyped({ text: currentTarget.value, of: next.ok ? next.value : value })
        if (next.ok) onChange(next.value)
      }}
      onBlur={onDone}
    />
  )
}

function textOf(value: Json | undefined): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2)
}

function parse(text: string): { ok: true; value: Json | undefined } | { ok: false } {
  if (text.trim() === '') return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}
