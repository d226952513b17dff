import type { Step } from '../../api/authenticate.ts'
import { withoutTags } from '../messages/plain.ts'
import type { Words } from '../translations/en.ts'
import { passwordHints } from './hints.ts'
import { callbacksOf } from './inputs.ts'
import { recoveryCodesIn } from './recognised.ts'
import type { Stage } from './stage.ts'

/** What the button of a page says: what the journey wants, else what it does. */
export function submitTextOf(stage: Stage, step: Step, words: Words, language: string): string {
  const wanted = inLanguage(stage.submitText, language)
  if (wanted !== '') return withoutTags(wanted)
  if (recoveryCodesIn(step) !== undefined) return words.recoveryKept
  const isSignIn = callbacksOf(step, 'PasswordCallback').some(
    (callback) => passwordHints(callback, step).autoComplete === 'current-password',
  )
  return isSignIn ? words.title : words.continue
}

/** A text by language, in the best of them; empty where there is none. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  const alike = Object.keys(texts).find((key) => key.split(/[-_]/)[0] === language)
  return texts[language] ?? (alike && texts[alike]) ?? texts.en ?? Object.values(texts)[0] ?? ''
}
