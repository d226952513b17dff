import { type JsonPage, outputOf, promptOf, textsOf } from './page.ts'

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

/** Texts of a page at most, so that a walk stays readable. */
const maxTexts = 5

/** What a person sees of a page, as far as it is short and steady: header, prompts and choices, or else the type of the first callback. */
export function seenOn({ header, callbacks }: JsonPage): string[] {
  const texts = callbacks.flatMap((callback) => [
    promptOf(callback),
    ...[outputOf(callback, 'choices'), outputOf(callback, 'options')].flat(),
  ])
  const seen = [header, ...texts].filter((text) => typeof text === 'string' && isPlain(text))
  const [first] = callbacks
  const all = seen.length > 0 ? new Set(seen as string[]) : new Set(first === undefined ? [] : [first.type])
  return [...all].slice(0, maxTexts)
}

function isPlain(text: string): boolean {
  return isSteady(text) && /^[\p{L}\p{N} .,:?!'’()*&-]{2,80}$/u.test(text)
}

/** Whether a text has nothing that differs from run to run. */
export function isSteady(text: string): boolean {
  return text !== '' && text.length <= 100 && !/[\w+/=-]{24,}|\d{6,}|\d:\d/.test(text) && !text.includes('\n')
}
