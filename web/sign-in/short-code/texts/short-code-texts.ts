import type { LanguageCode } from '../../../translate/page-languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type ShortCodeTexts } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

/** The texts of this page, apart from those that it shares with the sign-in page. Few enough to load them all. */
export const shortCodeTexts: Readonly<Record<LanguageCode, ShortCodeTexts>> = { en, de, es, fr, ar }
