import type { SignInLanguage } from '../../../design/sign-in-languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type ShortCodeTexts } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

/** The texts of this page, apart from those that it shares with the sign-in page. Few enough to load them all. */
export const shortCodeTexts: Readonly<Record<SignInLanguage, ShortCodeTexts>> = { en, de, es, fr, ar }
