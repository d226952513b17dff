import plurals from '../../texts/en/desk.json' with { type: 'json' }
import english from '../../texts/en/notice.json' with { type: 'json' }
import { withFrenchSpaces } from './french-spaces.ts'
import { bestLanguage, type LanguageCode, localeOf, storedLanguage } from './page-languages.ts'
import { setLanguage } from './translate.ts'
import type { Text, Translation } from './translation.ts'

type Texts = Readonly<Record<string, Translation>>
type File<Key extends string> = Promise<{ default: Readonly<Record<Key, Translation>> }>
type Files = readonly [desk: File<Text>, notice: File<keyof typeof english>]

const loaders: Readonly<Record<LanguageCode, () => Promise<Texts>>> = {
  en: async () => plurals,
  de: () => loaded([import('../../texts/de/desk.json'), import('../../texts/de/notice.json')]),
  es: () => loaded([import('../../texts/es/desk.json'), import('../../texts/es/notice.json')]),
  fr: async () =>
    withFrenchSpaces(
      await loaded([import('../../texts/fr/desk.json'), import('../../texts/fr/notice.json')]),
    ),
  ar: () => loaded([import('../../texts/ar/desk.json'), import('../../texts/ar/notice.json')]),
}

/** The texts of the desk and those of the caller's first page, which the desk previews, by the English text. */
async function loaded(files: Files): Promise<Texts> {
  const [{ default: desk }, { default: notice }] = await Promise.all(files)
  const names = Object.keys(english) as (keyof typeof english)[]
  return { ...Object.fromEntries(names.map((name) => [english[name], notice[name]])), ...desk }
}

/** The texts of a language, by the English text. English has only those that depend on a number. */
export function deskTexts(code: LanguageCode): Promise<Texts> {
  return loaders[code]()
}

/** Loads the chosen language, or the browser's, before the page is drawn. If it can't be loaded, the page is in English. */
export async function loadLanguage(): Promise<void> {
  const preferred = bestLanguage([storedLanguage(), ...navigator.languages])
  const texts = await deskTexts(preferred.code).catch(() => undefined)
  const { code, direction } = texts === undefined ? bestLanguage([]) : preferred
  setLanguage({ locale: localeOf(code, navigator.languages), direction, translations: texts ?? plurals })
  document.documentElement.lang = code
  document.documentElement.dir = direction
}
