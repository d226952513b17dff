import { bestMatchingTag } from '../../base/locale.ts'
import { fillText, type ServerTexts, serverText, serverTexts } from '../../base/server-texts.ts'

export type CallersTexts = ServerTexts['caller']

const texts = serverText('caller')

/** Texts of our own nodes for callers, which these nodes translate themselves. English if no locale has texts. */
export function callersTextsFor(locales: readonly string[]): CallersTexts {
  return texts[bestMatchingTag(texts, locales) ?? 'en'] ?? serverTexts.en.caller
}

/** Says that the code was wrong. @param triesLeft 1 or more. */
export function wrongCodeText(locales: readonly string[], triesLeft: number): string {
  const language = bestMatchingTag(texts, locales) ?? 'en'
  const forms: Readonly<Record<string, string>> & { other: string } = callersTextsFor([language]).wrongCode
  const form = forms[new Intl.PluralRules(language).select(triesLeft)] ?? forms.other
  return fillText(form, { count: String(triesLeft) })
}
