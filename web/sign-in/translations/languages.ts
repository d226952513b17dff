import type { SignInLanguage } from '../../design/sign-in-languages.ts'
import { en, type Texts } from './en.ts'

/** `name` is the language's own name. */
export type Language = {
  code: SignInLanguage
  name: string
  direction: 'ltr' | 'rtl'
  texts(): Promise<Texts>
}

export const languages: readonly Language[] = [
  { code: 'en', name: 'English', direction: 'ltr', texts: async () => en },
  { code: 'de', name: 'Deutsch', direction: 'ltr', texts: async () => (await import('./de.ts')).de },
  { code: 'es', name: 'Español', direction: 'ltr', texts: async () => (await import('./es.ts')).es },
  { code: 'fr', name: 'Français', direction: 'ltr', texts: async () => (await import('./fr.ts')).fr },
  { code: 'ar', name: 'العربية', direction: 'rtl', texts: async () => (await import('./ar.ts')).ar },
]

const [english] = languages as [Language]

const key = 'sidegate-language'

/** The language that the person chose earlier. */
export function storedLanguage(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Stores the choice in this browser and in the page's URL. */
export function saveLanguage(code: string): void {
  try {
    localStorage.setItem(key, code)
  } catch {
    // Storage is disabled: the URL keeps the choice while the page is open.
  }
  const address = new URL(location.href)
  address.searchParams.set('locale', code)
  history.replaceState(history.state, '', address)
}

/** The first supported language; English if none is supported. */
export function bestLanguage(preferred: readonly (string | undefined)[]): Language {
  for (const tag of preferred) {
    const code = tag?.toLowerCase().split(/[-_]/)[0]
    const found = languages.find((language) => language.code === code)
    if (found !== undefined) return found
  }
  return english
}
