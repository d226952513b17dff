import { plurals } from './en.ts'
import { bestLanguage, languageOf, type PageLanguage, storedLanguage } from './page-languages.ts'
import { setLanguage } from './translate.ts'
import type { Translation } from './translation.ts'

type Loaded = Readonly<Record<string, Translation>>

const loaders: Readonly<Record<PageLanguage['code'], () => Promise<Loaded>>> = {
  en: async () => plurals,
  de: async () => (await import('./de/all.ts')).de,
  es: async () => (await import('./es/all.ts')).es,
  fr: async () => (await import('./fr/all.ts')).fr,
  ar: async () => (await import('./ar/all.ts')).ar,
}

/** Loads the chosen language, or the browser's, before the page is drawn. */
export async function loadLanguage(): Promise<void> {
  const { code, direction } = bestLanguage([storedLanguage(), ...navigator.languages])
  const translations = await loaders[code]()
  // The browser's own tag knows more: `en-GB` writes dates in another way than `en-US`.
  const locale = navigator.languages.find((tag) => languageOf(tag) === code) ?? code
  setLanguage({ locale, direction, translations })
  document.documentElement.lang = code
  document.documentElement.dir = direction
}
