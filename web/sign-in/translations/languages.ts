import { en, type Words } from './en.ts'

/** A language that the page speaks, by its own name. */
export type Language = { code: string; name: string; direction: 'ltr' | 'rtl'; words(): Promise<Words> }

export const languages: readonly Language[] = [
  { code: 'en', name: 'English', direction: 'ltr', words: async () => en },
  { code: 'de', name: 'Deutsch', direction: 'ltr', words: async () => (await import('./de.ts')).de },
  { code: 'es', name: 'Español', direction: 'ltr', words: async () => (await import('./es.ts')).es },
  { code: 'fr', name: 'Français', direction: 'ltr', words: async () => (await import('./fr.ts')).fr },
  { code: 'ar', name: 'العربية', direction: 'rtl', words: async () => (await import('./ar.ts')).ar },
]

const [english] = languages as [Language]

const key = 'sidegate-language'

/** The language that the person chose on one of our pages, if they did. */
export function chosenLanguage(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps the choice, in this browser and in the address. */
export function chooseLanguage(code: string): void {
  try {
    localStorage.setItem(key, code)
  } catch {
    // The address keeps it as long as the page is open.
  }
  const address = new URL(location.href)
  address.searchParams.set('locale', code)
  history.replaceState(history.state, '', address)
}

/** The first of the wished languages that the page speaks; English when it speaks none. */
export function bestLanguage(wished: readonly (string | undefined)[]): Language {
  for (const wish of wished) {
    const code = wish?.toLowerCase().split(/[-_]/)[0]
    const found = languages.find((language) => language.code === code)
    if (found !== undefined) return found
  }
  return english
}
