import type { Callback, Step } from '../../api/authenticate.ts'
import { isPasskeyOutcome, passkeyRequestOf } from './special-steps.ts'

/** Callbacks without a field: their inputs are set by the page or by a button. */
const noFields = new Set([
  ...['HiddenValueCallback', 'ConfirmationCallback', 'SelectIdPCallback', 'LanguageCallback'],
  ...['ReCaptchaCallback', 'ReCaptchaEnterpriseCallback'],
])

/** Whether the person has to fill in or choose anything. */
export function hasFields(step: Step): boolean {
  return step.callbacks.some(({ type, input }) => input.length > 0 && !noFields.has(type))
}

/** Whether the step can be answered by a passkey instead of its fields, without being asked for one on submit. */
export function isPasskeyBesideFields(callback: Callback, step: Step): boolean {
  if (!isPasskeyOutcome(callback) || !hasFields(step)) return false
  return passkeyRequestOf(step)?.manualButtonEnabled !== undefined
}

/** Whether the step asks only for a passkey. */
export function isPasskeyAlone(callback: Callback, step: Step): boolean {
  return isPasskeyOutcome(callback) && passkeyRequestOf(step) !== undefined && !hasFields(step)
}
