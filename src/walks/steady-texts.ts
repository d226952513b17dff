import { type JsonPage, textsOf } from './page.ts'

/** An end in the form of walk files. */
export function endOf(shown: { kind: 'success' } | { kind: 'failure'; message: string }): unknown {
  if (shown.kind === 'success') return 'success'
  return isSteady(shown.message) && !shown.message.startsWith('/') ? { failure: shown.message } : 'failure'
}

/** A text that a person sees, or else the type of the first callback. */
export function askedBy(page: JsonPage): string | undefined {
  const types = new Set(page.callbacks.map(({ type }) => type))
  const texts = textsOf(page).filter(
    (text) => isSteady(text) && !text.startsWith('/') && !text.includes('${'),
  )
  const words = texts.filter((text) => !types.has(text) && /^[\p{L}\p{N} .,:?!'-]{3,60}$/u.test(text))
  return words[0] ?? page.callbacks[0]?.type
}

/** Whether a text has nothing that differs from run to run. */
export function isSteady(text: string): boolean {
  return text !== '' && text.length <= 100 && !/[\w+/=-]{24,}|\d{6,}|\d:\d/.test(text) && !text.includes('\n')
}
