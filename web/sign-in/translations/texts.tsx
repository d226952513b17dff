import { createContext, useContext } from 'react'
import englishNotice from '../../../texts/en/notice.json' with { type: 'json' }
import englishTexts from '../../../texts/en/sign-in.json' with { type: 'json' }

/**
 * Groups of texts by the word that the server sends. `sent`: texts that nodes only send in English. `needs` and `fails`: short
 * requirements and error sentences by policy requirement, `.1` is the singular. `attributes`: names of fields of accounts.
 */
type Groups = Record<'sent' | 'needs' | 'fails' | 'attributes', Readonly<Record<string, string>>>

/** The texts of the pages in one language. */
export type Texts = Omit<typeof englishTexts, keyof Groups> & typeof englishNotice & Groups

export const en: Texts = { ...englishNotice, ...englishTexts }

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
