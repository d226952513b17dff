import { withFrenchSpaces } from '../../translate/french-spaces.ts'
import {
  bestLanguage as best,
  type LanguageCode,
  type PageLanguage,
  pageLanguages,
  storeLanguage,
} from '../../translate/page-languages.ts'
import { en, type Texts } from './texts.tsx'

export type Language = PageLanguage & { texts(): Promise<Texts> }

type Files<Notice, Page> = readonly [Promise<{ default: Notice }>, Promise<{ default: Page }>]

const texts: Readonly<Record<LanguageCode, () => Promise<Texts>>> = {
  en: async () => en,
  de: () => loaded([import('../../../texts/de/notice.json'), import('../../../texts/de/sign-in.json')]),
  es: () => loaded([import('../../../texts/es/notice.json'), import('../../../texts/es/sign-in.json')]),
  fr: async () =>
    withFrenchSpaces(
      await loaded([import('../../../texts/fr/notice.json'), import('../../../texts/fr/sign-in.json')]),
    ),
  ar: () => loaded([import('../../../texts/ar/notice.json'), import('../../../texts/ar/sign-in.json')]),
}

/** The texts of the caller's first page, and those of all others. */
async function loaded<Notice, Page>(files: Files<Notice, Page>): Promise<Notice & Page> {
  const [notice, page] = await Promise.all(files)
  return { ...notice.default, ...page.default }
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
