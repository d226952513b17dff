import {
  bestLanguage as best,
  type LanguageCode,
  type PageLanguage,
  pageLanguages,
  storeLanguage,
} from '../../translate/page-languages.ts'
import { en, type Texts } from './en.ts'

export type Language = PageLanguage & { texts(): Promise<Texts> }

const texts: Readonly<Record<LanguageCode, () => Promise<Texts>>> = {
  en: async () => en,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  ar: async () => (await import('./ar.ts')).ar,
}

export const languages: readonly Language[] = pageLanguages.map(withTexts)

/** Stores the choice in this browser and in the page's URL. */
export function saveLanguage(code: string): void {
  storeLanguage(code)
  const address = new URL(location.href)
  address.searchParams.set('locale', code)
  history.replaceState(history.state, '', address)
}

/** The first language that the pages have; English if they have none. */
export function bestLanguage(preferred: readonly (string | undefined)[]): Language {
  return withTexts(best(preferred))
}

function withTexts(language: PageLanguage): Language {
  return { ...language, texts: texts[language.code] }
}
