import { TextInput, type TextInputProps } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'

type FilterFieldProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | undefined
  onChange(value: string | undefined): void
}

/** Milliseconds without a key after which what was typed counts. */
const pause = 300

/** A text that filters a list: it counts when one stops typing, and follows the address when one goes back. */
export function FilterField({ value = '', onChange, ...rest }: FilterFieldProps) {
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setTyped(value)
  }, [value])
  useEffect(() => {
    const wanted = typed.trim()
    if (wanted === told.current) return
    const timer = setTimeout(() => {
      told.current = wanted
      onChange(wanted || undefined)
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, onChange])
  return <TextInput {...rest} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
}
