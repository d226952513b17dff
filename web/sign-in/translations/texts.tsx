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

/** Translates a text that nodes only send in English. */
export function translateSent(texts: Texts, text: string): string {
  return Object.hasOwn(texts.sent, text) ? (texts.sent[text] ?? text) : text
}
