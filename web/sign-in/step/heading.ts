import type { Step } from '../../wire/journey.ts'
import { withoutTags } from '../said/plain.ts'
import type { Words } from '../words/en.ts'
import { translated } from '../words/words.tsx'
import { callbacksOf, promptOf, textOf } from './inputs.ts'
import { isAppRegistration, passkeyQuestionOf, recoveryCodesIn } from './recognised.ts'

/** The heading of a step: the journey's own, else what the step is about. */
export function headingOf(step: Step, words: Words): string {
  if (step.header) return withoutTags(step.header)
  const has = (type: string) => callbacksOf(step, type).length > 0
  const passkey = passkeyQuestionOf(step)
  if (passkey !== undefined) return passkey.isRegistration ? words.passkeyCreate : words.passkeyUse
  if (isAppRegistration(step)) return words.registerApp
  if (recoveryCodesIn(step) !== undefined) return words.recovery
  if (has('SuspendedTextOutputCallback')) return words.suspended
  const [waiting] = callbacksOf(step, 'PollingWaitCallback')
  if (waiting !== undefined)
    return translated(words, withoutTags(textOf(waiting, 'message'))) || words.waiting
  if (has('DeviceProfileCallback')) return words.device
  if (has('DeviceBindingCallback') || has('DeviceSigningVerifierCallback')) return words.binding
  const [choice] = callbacksOf(step, 'ChoiceCallback')
  if (choice !== undefined && isOnlyQuestion(step)) return withoutTags(promptOf(choice)) || words.choose
  if (has('TermsAndConditionsCallback') && isOnlyQuestion(step)) return words.terms
  return words.title
}

/** Whether one callback alone asks for something. */
export function isOnlyQuestion(step: Step): boolean {
  return step.callbacks.filter(({ input }) => input.length > 0).length === 1
}
