import type { Callback, Step } from '../../api/authenticate.ts'
import { isSecret } from './autofill-hints.ts'
import { isExplained, promptOf, signatureOf, textOf, type Values } from './inputs.ts'
import { failedPoliciesOf } from './policies.ts'

/** Input of a previous step. `isFailed`: the journey failed and was restarted. */
export type Typed = { step: Step; values: Values; isFailed: boolean }

/** Callbacks whose input is kept when the journey restarts. */
const carriedTypes = new Set([
  ...['NameCallback', 'TextInputCallback', 'ChoiceCallback', 'ValidatedCreateUsernameCallback'],
  ...['StringAttributeInputCallback', 'NumberAttributeInputCallback', 'BooleanAttributeInputCallback'],
])

/** Callbacks whose input is also kept when the journey shows the same page again because of another field. */
const carriedOnSamePage = new Set([
  ...[
    'ValidatedCreatePasswordCallback',
    'KbaCreateCallback',
    'TermsAndConditionsCallback',
    'ConsentMappingCallback',
  ],
])

/** Whether the journey shows the page again that the person has just answered. */
export function isSamePage(step: Step, typed: Typed | undefined): boolean {
  return typed !== undefined && !typed.isFailed && signatureOf(step) === signatureOf(typed.step)
}

/** Initial values of a step's fields. */
export function initialValues(step: Step, typed: Typed | undefined): Values {
  const values: Record<string, unknown> = {}
  for (const callback of step.callbacks) {
    const [first] = callback.input
    const text = textOf(callback, 'defaultText')
    if (first !== undefined && text !== '') values[first.name] = text
  }
  if (typed === undefined) return values
  const isSame = isSamePage(step, typed)
  const isRefused = step.callbacks.some((callback) => failedPoliciesOf(callback).length > 0)
  for (const [callback, before] of matchingCallbacks(step, typed.step)) {
    const isCarried = isSecret(callback, step)
      ? isSame && isRefused
      : carriedTypes.has(callback.type) || (isSame && carriedOnSamePage.has(callback.type))
    if (!isCarried) continue
    for (const [place, { name }] of callback.input.entries()) {
      const former = before.input[place]?.name ?? ''
      if (Object.hasOwn(typed.values, former)) values[name] = typed.values[former]
    }
  }
  return values
}

/** Merges all input since the start into one virtual step, latest first. */
export function mergeTyped(typed: readonly Typed[]): Typed | undefined {
  const latestFirst = [...typed].reverse()
  const [first] = latestFirst
  if (first === undefined) return undefined
  const named = (place: number, name: string) => `${place} ${name}`
  const callbacks = latestFirst.flatMap(({ step }, place) =>
    step.callbacks.map((callback) => ({
      ...callback,
      input: callback.input.map((field) => ({ ...field, name: named(place, field.name) })),
    })),
  )
  const values = latestFirst.flatMap(({ values }, place) =>
    Object.entries(values).map(([name, value]) => [named(place, name), value]),
  )
  return { step: { ...first.step, callbacks }, values: Object.fromEntries(values), isFailed: true }
}

/** Pairs of callbacks in two steps that ask for the same value. */
function matchingCallbacks(step: Step, before: Step): [Callback, Callback][] {
  const remaining = [...before.callbacks]
  return step.callbacks.flatMap((callback) => {
    const place = remaining.findIndex(
      (each) => each.type === callback.type && promptOf(each) === promptOf(callback),
    )
    const [found] = place < 0 ? [] : remaining.splice(place, 1)
    return found === undefined ? [] : [[callback, found]]
  })
}

/** Whether the journey asks for the same secret again without an explanation. */
export function isRepeated(step: Step, typed: Typed | undefined): boolean {
  const asksSecret = step.callbacks.some(({ type }) => type === 'PasswordCallback' || type === 'NameCallback')
  const isRefused = step.callbacks.some((callback) => failedPoliciesOf(callback).length > 0)
  return asksSecret && !isRefused && !isExplained(step) && isSamePage(step, typed)
}
