import { type Callback, outputOf, type Step } from '../../api/authenticate.ts'

/** Values of a step by the names of its inputs. */
export type Values = Readonly<Record<string, unknown>>

/** The name of an input by its suffix, such as `IDToken2answer`; without a suffix, of the first input. */
export function inputName(callback: Callback, suffix = ''): string {
  const found = callback.input.find(({ name }, place) =>
    suffix === '' ? place === 0 : name.endsWith(suffix),
  )
  return found?.name ?? ''
}

export function withValues(step: Step, values: Values): Step {
  const callbacks = step.callbacks.map((callback) => ({
    ...callback,
    input: callback.input.map((field) =>
      Object.hasOwn(values, field.name) ? { ...field, value: values[field.name] } : field,
    ),
  }))
  return { ...step, callbacks }
}

/** An output as text; empty if it is neither text nor number. */
export function textOf(callback: Callback, name: string): string {
  const value = outputOf(callback, name)
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function textsOf(callback: Callback, name: string): string[] {
  const value = outputOf(callback, name)
  return Array.isArray(value) ? value.map(String) : []
}

/** An output as number, also if it is numeric text. */
export function numberOf(callback: Callback, name: string): number | undefined {
  const value = outputOf(callback, name)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export function callbacksOf(step: Step, type: string): Callback[] {
  return step.callbacks.filter((callback) => callback.type === type)
}

export function promptOf(callback: Callback): string {
  return textOf(callback, 'prompt') || textOf(callback, 'name')
}

/** Steps with the same signature look like the same page. */
export function signatureOf(step: Step): string {
  const questions = step.callbacks.map((callback) => [callback.type, promptOf(callback)])
  return JSON.stringify([step.stage, step.header, questions])
}

export function isPolling(step: Step): boolean {
  return step.callbacks.some(({ type }) => type === 'PollingWaitCallback')
}

/** Whether the step itself has a warning or an error. */
export function isExplained({ callbacks }: Step): boolean {
  return callbacks.some(
    (callback) =>
      callback.type === 'TextOutputCallback' && ['1', '2'].includes(textOf(callback, 'messageType')),
  )
}

export function isSuspended({ callbacks }: Step): boolean {
  return callbacks.some(({ type }) => type === 'SuspendedTextOutputCallback')
}
