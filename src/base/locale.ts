import { stringMapSchema } from './json.ts'

/** Text by locale: `{ "en": "Sign in", "fr": "Connexion" }`. */
export type LocalisedText = Readonly<Record<string, string>>

export const localisedTextSchema = stringMapSchema

/** The text, or another value, for the best preferred locale: exact, else without variant, else without country. */
export function bestMatch<Value>(
  text: Readonly<Record<string, Value>>,
  locales: readonly string[],
): Value | undefined {
  const tag = bestMatchingTag(text, locales)
  return tag === undefined ? undefined : text[tag]
}

/** The locale of that text. */
export function bestMatchingTag(
  text: Readonly<Record<string, unknown>>,
  locales: readonly string[],
): string | undefined {
  const byTag = new Map(Object.keys(text).map((tag) => [normal(tag), tag]))
  for (const locale of locales) {
    const parts = normal(locale).split('-')
    for (let length = parts.length; length > 0; length--) {
      const value = byTag.get(parts.slice(0, length).join('-'))
      if (value !== undefined) return value
    }
  }
  return undefined
}

/** Like {@link bestMatch}, then English, then the first entry, then the fallback. */
export function localise(text: LocalisedText, locales: readonly string[], fallback: string): string {
  return bestMatch(text, locales) ?? bestMatch(text, ['en']) ?? Object.values(text)[0] ?? fallback
}

function normal(tag: string): string {
  return tag.replaceAll('_', '-').toLowerCase()
}
