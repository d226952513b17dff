import { TextInput, type TextInputProps } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

type FilterFieldProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | undefined
  onChange(value: string | undefined): void
}

const debounceMs = 300

/** A debounced text filter. It follows `value` when the URL changes, such as after Back. */
export function FilterField({ value = '', onChange, ...rest }: FilterFieldProps) {
  const [typed, setTyped] = useState(value)
  const lastSent = useRef(value)
  const send = useEffectEvent((text: string) => onChange(text || undefined))
  useEffect(() => {
    if (value === lastSent.current) return
    lastSent.current = value
    setTyped(value)
  }, [value])
  useEffect(() => {
    const text = typed.trim()
    if (text === lastSent.current) return
    const timer = setTimeout(() => {
      lastSent.current = text
      send(text)
    }, debounceMs)
    return () => clearTimeout(timer)
  }, [typed])
  return <TextInput {...rest} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
}
