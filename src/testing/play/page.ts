import { isCallbackType, secretAnswers } from '../../engine/callbacks.ts'
import { type JsonCallback, type JsonPage, outputOf, promptOf } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'
import { matchesText } from './expected.ts'
import { Mismatch } from './mismatch.ts'

/** How a walk names a callback: by its prompt, or else its type. */
export function nameOf(callback: JsonCallback): string {
  return promptOf(callback) || callback.type
}

/** Shorter answers, such as `wrong`, are words that a walk also uses elsewhere. */
export const minSecretLength = 8

/** The answers on a page that are secret, such as passwords. */
export function secretAnswersOn({ callbacks }: JsonPage): string[] {
  return callbacks
    .filter(({ type }) => isCallbackType(type) && secretAnswers.has(type))
    .flatMap(({ input = [] }) => input.map(({ value }) => value))
    .filter((value): value is string => typeof value === 'string' && value.length >= minSecretLength)
}

/** A page as a line of text. */
export function pageText({ header, callbacks }: JsonPage): string {
  const parts = callbacks.map((callback) => {
    const prompt = promptOf(callback)
    return prompt === undefined ? callback.type : `${callback.type} "${prompt}"`
  })
  const title = header === undefined || header === '' ? '' : `"${header}": `
  return parts.length === 0 ? `${title}an empty page` : `${title}${parts.join(', ')}`
}

/**
 * Fills in the inputs of a page.
 * @param answers by prompt or type of callback: a value for each callback of that name, or one for all. An object sets inputs by
 * the suffix of their names. Choices can be named by their text.
 * @returns a copy. @throws Mismatch if the page has no such callback.
 */
export function answeredPage(page: JsonPage, answers: Readonly<Record<string, unknown>>): JsonPage {
  const copy = structuredClone(page)
  for (const [name, value] of Object.entries(answers)) {
    const asked = callbacksNamed(copy, name)
    if (asked.length === 0) throw new Mismatch('page', `a page that asks for ${name}`, pageText(page))
    const values = Array.isArray(value) ? value : asked.map(() => value)
    if (values.length !== asked.length) {
      throw new Mismatch(
        'page',
        `${values.length} callbacks for ${name}`,
        `${asked.length}: ${pageText(page)}`,
      )
    }
    for (const [place, callback] of asked.entries()) fill(callback, values[place])
  }
  return copy
}

function callbacksNamed({ callbacks }: JsonPage, name: string): JsonCallback[] {
  const ofType = callbacks.filter(({ type }) => type === name)
  if (ofType.length > 0) return ofType
  return callbacks.filter((callback) => {
    const prompt = promptOf(callback)
    return (prompt !== undefined && matchesText(name, prompt)) || outputOf(callback, 'name') === name
  })
}

/** Leaves the callback as it is without a value. */
function fill(callback: JsonCallback, value: unknown): void {
  if (value === undefined || value === null) return
  const inputs = callback.input ?? []
  if (typeof value !== 'object') {
    const [first] = inputs
    if (first === undefined) throw new Mismatch('page', `a callback with an input`, callback.type)
    first.value = chosen(callback, value)
    return
  }
  for (const [suffix, each] of Object.entries(value)) {
    const input = inputs.find(({ name }) => name.replace(/^IDToken\d+/, '') === suffix)
    if (input === undefined)
      throw new Mismatch('page', `an input ${suffix} of ${callback.type}`, namesOf(inputs))
    input.value = each
  }
}

function namesOf(inputs: readonly { name: string }[]): string {
  return (
    inputs.map(({ name }) => name.replace(/^IDToken\d+/, '') || 'one without a name').join(', ') || 'none'
  )
}

/** The index of a choice or button that is named by its text. */
function chosen(callback: JsonCallback, value: unknown): unknown {
  const options = outputOf(callback, 'choices') ?? outputOf(callback, 'options')
  if (typeof value !== 'string' || !Array.isArray(options)) return value
  const index = options.findIndex((option) => typeof option === 'string' && matchesText(value, option))
  if (index < 0 && !/^\d+$/.test(value)) {
    throw new Mismatch('page', `a choice '${value}'`, options.map((option) => `'${option}'`).join(', '))
  }
  return index < 0 ? Number(value) : index
}

/** All texts of a page, from which a walk can keep values; none of other screens. */
export function pageTexts(shown: Shown | undefined): string[] {
  if (shown?.kind !== 'page') return []
  const { callbacks, header = '', description = '' } = shown.page
  const outputs = callbacks.flatMap(({ output = [] }) => output.map(({ value }) => value))
  return [
    header,
    description,
    ...outputs.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  ]
}
