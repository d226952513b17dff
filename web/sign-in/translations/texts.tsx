import { createContext, useContext } from 'react'
import { en, type Texts } from './en.ts'

export const TextsContext = createContext<Texts>(en)

/** The page's texts in its language. */
export function useTexts(): Texts {
  return useContext(TextsContext)
}

/** Replaces the placeholders of a text; those without a value become empty. */
export function fill(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name) => {
    const value = values[name] ?? ''
    return Array.isArray(value) ? value.join(', ') : String(value)
  })
}

/** Translates a text that nodes only send in English. A number in it is `{n}` in the translations. */
export function translateSent({ sent }: Pick<Texts, 'sent'>, text: string): string {
  if (Object.hasOwn(sent, text)) return sent[text] ?? text
  const number = /\d+/.exec(text)?.[0]
  const pattern = number === undefined ? text : text.replace(number, '{n}')
  return Object.hasOwn(sent, pattern) ? fill(sent[pattern] ?? text, { n: number }) : text
}
