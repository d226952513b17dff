import type { Callback, Step } from '../../api/authenticate.ts'
import { isForOnce } from './hints.ts'
import { promptOf, signatureOf, textOf, type Values } from './inputs.ts'
import { failedPoliciesOf } from './policies.ts'

/** What was typed into a step before. `isFailed`: the journey failed by it, and started again. */
export type Typed = { step: Step; values: Values; isFailed: boolean }

/** Kinds whose inputs a person typed or chose, and would have to again. */
const kept = new Set([
  ...['NameCallback', 'TextInputCallback', 'ChoiceCallback', 'ValidatedCreateUsernameCallback'],
  ...['StringAttributeInputCallback', 'NumberAttributeInputCallback', 'BooleanAttributeInputCallback'],
])

/** The same, as long as the journey goes on: a page that is not content with one field must not empty the others. */
const keptOnSamePage = new Set([
  ...[
    'ValidatedCreatePasswordCallback',
    'KbaCreateCallback',
    'TermsAndConditionsCallback',
    'ConsentMappingCallback',
  ],
])

/** Whether a step is the page once more that the person has just answered. */
export function isSamePage(step: Step, typed: Typed | undefined): boolean {
  return typed !== undefined && !typed.isFailed && signatureOf(step) === signatureOf(typed.step)
}

/** What the fields of a step hold at first. */
export function startingValues(step: Step, typed: Typed | undefined): Values {
  const values: Record<string, unknown> = {}
  for (const callback of step.callbacks) {
    const [first] = callback.input
    const text = textOf(callback, 'defaultText')
    if (first !== undefined && text !== '') values[first.name] = text
  }
  if (typed === undefined) return values
  const goesOn = isSamePage(step, typed)
  const isRefused = step.callbacks.some((callback) => failedPoliciesOf(callback).length > 0)
  for (const [callback, before] of pairs(step, typed.step)) {
    const isSecret = isForOnce(callback, step)
    const isKept = isSecret
      ? goesOn && isRefused
      : kept.has(callback.type) || (goesOn && keptOnSamePage.has(callback.type))
    if (!isKept) continue
    for (const [place, { name }] of callback.input.entries()) {
      const former = before.input[place]?.name ?? ''
      if (Object.hasOwn(typed.values, former)) values[name] = typed.values[former]
    }
  }
  return values
}

/** Everything that was typed on the way to a failure, as if it were one page: what was typed last comes first. */
export function typedOnTheWay(typed: readonly Typed[]): Typed | undefined {
  const way = [...typed].reverse()
  const [first] = way
  if (first === undefined) return undefined
  const named = (place: number, name: string) => `${place} ${name}`
  const callbacks = way.flatMap(({ step }, place) =>
    step.callbacks.map((callback) => ({
      ...callback,
      input: callback.input.map((field) => ({ ...field, name: named(place, field.name) })),
    })),
  )
  const values = way.flatMap(({ values }, place) =>
    Object.entries(values).map(([name, value]) => [named(place, name), value]),
  )
  return { step: { ...first.step, callbacks }, values: Object.fromEntries(values), isFailed: true }
}

/** Callbacks of two steps that ask for the same, in order. */
function pairs(step: Step, before: Step): [Callback, Callback][] {
  const left = [...before.callbacks]
  return step.callbacks.flatMap((callback) => {
    const place = left.findIndex(
      (each) => each.type === callback.type && promptOf(each) === promptOf(callback),
    )
    const [found] = place < 0 ? [] : left.splice(place, 1)
    return found === undefined ? [] : [[callback, found]]
  })
}
