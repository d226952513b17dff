import { type Callback, outputOf } from '../../api/authenticate.ts'
import type { StepView } from '../flow/view.ts'
import type { Texts } from '../translations/texts.tsx'
import { isSamePage } from './carry-over.ts'
import { promptOf, textOf } from './inputs.ts'
import { failedPoliciesOf } from './policies.ts'
import { failureText } from './policy-texts.ts'

const textual = new Set([
  ...['NameCallback', 'PasswordCallback', 'TextInputCallback', 'StringAttributeInputCallback'],
  ...['NumberAttributeInputCallback', 'ValidatedCreateUsernameCallback', 'ValidatedCreatePasswordCallback'],
])

/** The attribute of a callback, as policies name it. */
function propertyOf(callback: Callback): string {
  if (callback.type === 'ValidatedCreateUsernameCallback') return 'userName'
  if (callback.type === 'ValidatedCreatePasswordCallback') return 'password'
  return textOf(callback, 'name')
}

/** The server's errors about a callback's value. */
export function errorsOf(callback: Callback, view: StepView, texts: Texts): string[] {
  const property = propertyOf(callback)
  const ofJourney = Object.hasOwn(view.failures, property) ? (view.failures[property] ?? []) : []
  const failed = [...failedPoliciesOf(callback), ...ofJourney]
  const messages = [...new Set(failed.map((policy) => failureText(texts, policy)))]
  return messages.length === 0 && wasLeftEmpty(callback, view) ? [texts.fillIn] : messages
}

/** Whether the same page came again because a required field was empty. */
function wasLeftEmpty(callback: Callback, { step, typed }: StepView): boolean {
  if (!textual.has(callback.type) || typed === undefined || !isSamePage(step, typed)) return false
  if (outputOf(callback, 'required') === false) return false
  const before = typed.step.callbacks.find(
    (each) => each.type === callback.type && promptOf(each) === promptOf(callback),
  )
  const [field] = before?.input ?? []
  if (field === undefined) return false
  const sent = Object.hasOwn(typed.values, field.name) ? typed.values[field.name] : field.value
  return sent === '' || sent === null || sent === undefined
}
