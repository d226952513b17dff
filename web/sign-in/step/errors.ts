import { type Callback, outputOf } from '../../api/authenticate.ts'
import type { StepView } from '../flow/view.ts'
import type { Words } from '../translations/en.ts'
import { isSamePage } from './carry-over.ts'
import { promptOf, textOf } from './inputs.ts'
import { failedPoliciesOf } from './policies.ts'
import { failureInWords } from './policy-words.ts'

const textual = new Set([
  ...['NameCallback', 'PasswordCallback', 'TextInputCallback', 'StringAttributeInputCallback'],
  ...['NumberAttributeInputCallback', 'ValidatedCreateUsernameCallback', 'ValidatedCreatePasswordCallback'],
])

/** The attribute that a callback asks for, where policies name one. */
function propertyOf(callback: Callback): string {
  if (callback.type === 'ValidatedCreateUsernameCallback') return 'userName'
  if (callback.type === 'ValidatedCreatePasswordCallback') return 'password'
  return textOf(callback, 'name')
}

/** What is wrong with what a callback holds, as the server sees it. */
export function errorsOf(callback: Callback, view: StepView, words: Words): string[] {
  const property = propertyOf(callback)
  const byJourney = Object.hasOwn(view.failures, property) ? (view.failures[property] ?? []) : []
  const failed = [...failedPoliciesOf(callback), ...byJourney]
  const said = [...new Set(failed.map((policy) => failureInWords(words, policy)))]
  return said.length === 0 && isLeftEmpty(callback, view) ? [words.fillIn] : said
}

/** A page that comes again, with a field that was left empty, wants it filled in. */
function isLeftEmpty(callback: Callback, { step, typed }: StepView): boolean {
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
