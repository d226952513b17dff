import type german from '../../texts/de/desk.json'

/** The forms that a language has, by `Intl.PluralRules`; `other` stands in for those it lacks. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** A translated text, or one for each plural form, which the value `count` chooses. */
export type Translation = string | PluralForms

/** A text of the desk in English, which is the key of its translations. The German texts decide which texts exist. */
export type Text = keyof typeof german
