import ar from '../../texts/ar/server.json' with { type: 'json' }
import de from '../../texts/de/server.json' with { type: 'json' }
import en from '../../texts/en/server.json' with { type: 'json' }
import es from '../../texts/es/server.json' with { type: 'json' }
import fr from '../../texts/fr/server.json' with { type: 'json' }

/** The texts of the server in one language, of its pages and notices. `{name}` and `{{object.name}}` are placeholders. */
export type ServerTexts = Omit<typeof en, 'actions'> & {
  /** Translations of the actions that new realms offer. The keys are the actions themselves. */
  actions: Readonly<Record<string, string>>
}

/** The languages of the pages for people. */
export type PageLanguage = 'en' | 'de' | 'es' | 'fr' | 'ar'

/** The texts of the server by language, in the order in which they are offered. */
export const serverTexts: Readonly<Record<PageLanguage, ServerTexts>> = {
  en,
  de,
  es,
  fr,
  ar,
}

/** A text of the server in each language. */
export function serverText<Name extends keyof ServerTexts>(name: Name): Record<string, ServerTexts[Name]> {
  return Object.fromEntries(Object.entries(serverTexts).map(([language, texts]) => [language, texts[name]]))
}

/** A text with values in its placeholders. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)
}
