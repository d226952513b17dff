import plurals from '../../texts/en/desk.json' with { type: 'json' }
import { languageOf } from './page-languages.ts'
import type { Text, Translation } from './translation.ts'

type Language = {
  /** A BCP 47 tag for dates and numbers; undefined for the browser's. */
  locale: string | undefined
  direction: 'ltr' | 'rtl'
  translations: Readonly<Record<string, Translation>>
}

// One per page: it is set before the page is drawn, and choosing another language loads the page again.
let language: Language = { locale: undefined, direction: 'ltr', translations: plurals }

export function setLanguage(chosen: Language): void {
  language = chosen
}

/** The locale of dates and numbers; undefined for the browser's. */
export function pageLocale(): string | undefined {
  return language.locale
}

/** The language of the page's texts without its region: `de`. */
export function pageLanguage(): string {
  return languageOf(language.locale) ?? 'en'
}

/** Names in the words of the language: `a, b and c`, or as a `unit` without the last word. */
export function listed(parts: readonly string[], type: 'conjunction' | 'unit' = 'conjunction'): string {
  // British English has no comma before "and".
  const locale = pageLanguage() === 'en' ? 'en-GB' : pageLanguage()
  return new Intl.ListFormat(locale, { type }).format(parts)
}

/**
 * A text in the page's language.
 * @param values replace placeholders such as `{name}`; numbers get the language's separators, and `count` chooses the
 * plural form.
 */
export function t(text: Text, values: Readonly<Record<string, string | number>> = {}): string {
  return translateKnown(text, values)
}

/** Translates a text of the server, or of the caller's page, if this page knows it. */
export function translateKnown(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return template(text, Number(values.count ?? 0)).replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (typeof value === 'number') return formatNumber(value)
    return value === undefined ? placeholder : isolated(value)
  })
}

/** The translation with its placeholders. */
export function template(text: string, count = 0): string {
  const { translations, locale = 'en' } = language
  const translation = Object.hasOwn(translations, text) ? translations[text] : undefined
  if (translation === undefined || typeof translation === 'string') return translation ?? text
  return translation[new Intl.PluralRules(locale).select(count)] ?? translation.other
}

/** A number with the language's separators: `1,042`. */
export function formatNumber(value: number): string {
  return value.toLocaleString(language.locale)
}

/** A text of the page for other programs, and a pasted one for searches. They show isolates as boxes, or don't find the text. */
export function withoutIsolates(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '')
}

/** Keeps a name in Latin letters from changing the order of the words around it. */
function isolated(value: string): string {
  return language.direction === 'rtl' ? `\u2068${value}\u2069` : value
}
