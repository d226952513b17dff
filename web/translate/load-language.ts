import { plurals } from './en.ts'
import { bestLanguage, localeOf, type PageLanguage, storedLanguage } from './page-languages.ts'
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

/** A page in English is better than none, if the translations can't be loaded. */
async function load(language: PageLanguage): Promise<PageLanguage & { translations: Loaded }> {
  try {
    return { ...language, translations: await loaders[language.code]() }
  } catch {
    return { ...bestLanguage([]), translations: plurals }
  }
}

/** Loads the chosen language, or the browser's, before the page is drawn. */
export async function loadLanguage(): Promise<void> {
  const { code, direction, translations } = await load(
    bestLanguage([storedLanguage(), ...navigator.languages]),
  )
  setLanguage({ locale: localeOf(code, navigator.languages), direction, translations })
  document.documentElement.lang = code
  document.documentElement.dir = direction
}
