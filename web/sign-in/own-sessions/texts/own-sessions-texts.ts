import type { LanguageCode } from '../../../translate/page-languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type OwnSessionsTexts } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

export const ownSessionsTexts: Readonly<Record<LanguageCode, OwnSessionsTexts>> = { en, de, fr, es, ar }
