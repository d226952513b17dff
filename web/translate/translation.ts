import type { check } from './de/check.ts'
import type { frame } from './de/frame.ts'
import type { leads } from './de/leads.ts'
import type { team } from './de/team.ts'
import type { truth } from './de/truth.ts'

/** The forms that a language has, by `Intl.PluralRules`; `other` stands in for those it lacks. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** A translated text, or one for each plural form, which the value `count` chooses. */
export type Translation = string | PluralForms

/** The German texts decide which texts exist: the other languages must have the same. */
export type Translations<Texts> = Readonly<Record<keyof Texts, Translation>>

/** A text of the pages in English, which is the key of its translations. */
export type Text =
  | keyof typeof check
  | keyof typeof frame
  | keyof typeof team
  | keyof typeof leads
  | keyof typeof truth
