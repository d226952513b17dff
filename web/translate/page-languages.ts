/** The languages of the pages for callers and agents. */
export const languageCodes = ['en', 'de', 'es', 'fr', 'ar'] as const

export type LanguageCode = (typeof languageCodes)[number]

/** `name` is the language's own name. */
export type PageLanguage = { code: LanguageCode; name: string; direction: 'ltr' | 'rtl' }

const english: PageLanguage = { code: 'en', name: 'English', direction: 'ltr' }

export const pageLanguages: readonly PageLanguage[] = [
  english,
  { code: 'de', name: 'Deutsch', direction: 'ltr' },
  { code: 'es', name: 'Español', direction: 'ltr' },
  { code: 'fr', name: 'Français', direction: 'ltr' },
  { code: 'ar', name: 'العربية', direction: 'rtl' },
]

const key = 'sidegate-language'

/** The language that the person chose in this browser, at the sign-in page or at the desk. */
export function storedLanguage(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

export function storeLanguage(code: string): void {
  try {
    localStorage.setItem(key, code)
  } catch {
    // Storage is disabled: the choice counts as long as the page is open.
  }
}

/** The first language that the pages have; English if they have none. */
export function bestLanguage(preferred: readonly (string | undefined)[]): PageLanguage {
  for (const tag of preferred) {
    const found = pageLanguages.find(({ code }) => code === languageOf(tag))
    if (found !== undefined) return found
  }
  return english
}

/**
 * The tag for dates and numbers. The browser's own tag knows more than the language: `en-GB` writes dates in another way than
 * `en-US`. Arabic pages have one kind of digits everywhere, as codes and references have no others.
 */
export function localeOf(code: LanguageCode, preferred: readonly string[]): string {
  const tag = preferred.find((each) => languageOf(each) === code) ?? code
  return code === 'ar' ? new Intl.Locale(tag, { numberingSystem: 'latn' }).toString() : tag
}

/** The language of a tag without its region: `de` of `de-AT`. */
export function languageOf(tag: string | undefined): string | undefined {
  return tag?.toLowerCase().split(/[-_]/)[0]
}
