import type { ReactNode } from 'react'
import { template } from './translate.ts'
import type { Text } from './translation.ts'

/** A text of the page with elements in its placeholders. @param count chooses the plural form. */
export function Translated({
  text,
  values,
  count,
}: {
  text: Text
  values: Readonly<Record<string, ReactNode>>
  count?: number
}) {
  return template(text, count)
    .split(/(\{\w+\})/)
    .map((part, place) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      return name === undefined ? part : <span key={place}>{values[name]}</span>
    })
}
