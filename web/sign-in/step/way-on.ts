import type { Callback, Step } from '../../api/authenticate.ts'
import { isPasskeyOutcome, passkeyQuestionOf } from './recognised.ts'

/** Kinds that ask nothing of the person on the page: they have inputs of their own making, or are pressed. */
const noFields = new Set([
  ...['HiddenValueCallback', 'ConfirmationCallback', 'SelectIdPCallback', 'LanguageCallback'],
  ...['ReCaptchaCallback', 'ReCaptchaEnterpriseCallback'],
])

/** Whether there is something to type or to choose before going on. */
export function hasFields(step: Step): boolean {
  return step.callbacks.some(({ type, input }) => input.length > 0 && !noFields.has(type))
}

/** Whether a passkey is all that a step asks for. */
export function isPasskeyAlone(callback: Callback, step: Step): boolean {
  return isPasskeyOutcome(callback) && passkeyQuestionOf(step) !== undefined && !hasFields(step)
}
