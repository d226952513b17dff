import type { Step } from '../../api/authenticate.ts'
import { withoutTags } from '../messages/clean-text.ts'
import type { Texts } from '../translations/en.ts'
import { passwordHints } from './autofill-hints.ts'
import { callbacksOf } from './inputs.ts'
import { recoveryCodesIn } from './special-steps.ts'
import type { StageOptions } from './stage.ts'

/** The label of the submit button: the journey's, or one that fits the step. */
export function submitTextOf(stage: StageOptions, step: Step, texts: Texts, language: string): string {
  const ofJourney = inLanguage(stage.submitText, language)
  if (ofJourney !== '') return withoutTags(ofJourney)
  if (recoveryCodesIn(step) !== undefined) return texts.recoveryKept
  const isSignIn = callbacksOf(step, 'PasswordCallback').some(
    (callback) => passwordHints(callback, step).autoComplete === 'current-password',
  )
  return isSignIn ? texts.title : texts.continue
}

/** The text in the best available language; empty without texts. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  const alike = Object.keys(texts).find((key) => key.split(/[-_]/)[0] === language)
  return texts[language] ?? (alike && texts[alike]) ?? texts.en ?? Object.values(texts)[0] ?? ''
}
