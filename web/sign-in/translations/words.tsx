import { createContext, useContext } from 'react'
import { en, type Words } from './en.ts'

export const WordsContext = createContext<Words>(en)

/** The page's own words, in the language of the page. */
export function useWords(): Words {
  return useContext(WordsContext)
}

/** Puts values into their places in a text; a place without a value stays empty. */
export function fill(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name) => {
    const value = values[name] ?? ''
    return Array.isArray(value) ? value.join(', ') : String(value)
  })
}

/** A text of a node, in the language of the page where nodes send it in English alone. */
export function translated(words: Words, text: string): string {
  return Object.hasOwn(words.sent, text) ? (words.sent[text] ?? text) : text
}
