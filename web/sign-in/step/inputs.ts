import { type Callback, outputOf, type Step } from '../../api/authenticate.ts'

/** What was typed into a step, by the names of its inputs. */
export type Values = Readonly<Record<string, unknown>>

/** The name of an input, such as `IDToken2answer`; the first one when no suffix is given. */
export function inputName(callback: Callback, suffix = ''): string {
  const found = callback.input.find(({ name }, place) =>
    suffix === '' ? place === 0 : name.endsWith(suffix),
  )
  return found?.name ?? ''
}

/** The step as it goes back. */
export function filled(step: Step, values: Values): Step {
  const callbacks = step.callbacks.map((callback) => ({
    ...callback,
    input: callback.input.map((field) =>
      Object.hasOwn(values, field.name) ? { ...field, value: values[field.name] } : field,
    ),
  }))
  return { ...step, callbacks }
}

/** An output that is a text; empty when it is none. */
export function textOf(callback: Callback, name: string): string {
  const value = outputOf(callback, name)
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** An output that is a list of texts. */
export function textsOf(callback: Callback, name: string): string[] {
  const value = outputOf(callback, name)
  return Array.isArray(value) ? value.map(String) : []
}

/** An output that is a number, or a text of one. */
export function numberOf(callback: Callback, name: string): number | undefined {
  const value = outputOf(callback, name)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export function callbacksOf(step: Step, type: string): Callback[] {
  return step.callbacks.filter((callback) => callback.type === type)
}

/** What a callback asks for, in the words of the journey. */
export function promptOf(callback: Callback): string {
  return textOf(callback, 'prompt') || textOf(callback, 'name')
}

/** Steps with the same signature are the same page for a person. */
export function signatureOf(step: Step): string {
  const asked = step.callbacks.map((callback) => [callback.type, promptOf(callback)])
  return JSON.stringify([step.stage, step.header, asked])
}

/** Whether the step is a page that comes back by itself. */
export function isWaiting(step: Step): boolean {
  return step.callbacks.some(({ type }) => type === 'PollingWaitCallback')
}
