import { defined } from '../base/defined.ts'
import type { Answer, Callback, CallbackType } from '../engine/callbacks.ts'
import type { RequestView } from '../engine/node-type.ts'
import { decodeEncodedWords } from '../nodes/basic-authentication/encoded-words.ts'

/** Headers of a first request that answer callbacks. Source: "Log in using REST", zero page login. */
const headerFor = {
  NameCallback: 'x-openam-username',
  PasswordCallback: 'x-openam-password',
} as const

/** Unused header values by callback type. Each answers one callback, so that no journey can loop on them. */
export type ZeroPage = Map<CallbackType, string>

export function zeroPageOf(view: RequestView): ZeroPage {
  const found: ZeroPage = new Map()
  for (const type of ['NameCallback', 'PasswordCallback'] as const) {
    const value = view.headers[headerFor[type]]?.[0]
    if (value !== undefined) found.set(type, decodeEncodedWords(value))
  }
  return found
}

/**
 * Answers a page from the headers if they answer all of its callbacks.
 * @returns undefined if they don't; the client then gets the page.
 */
export function zeroPageAnswers(callbacks: readonly Callback[], zeroPage: ZeroPage): Answer[] | undefined {
  const answers: Answer[] = []
  for (const { type, output, id } of callbacks) {
    if (type !== 'NameCallback' && type !== 'PasswordCallback') return undefined
    const value = zeroPage.get(type)
    if (value === undefined || answers.some((answer) => answer.type === type)) return undefined
    answers.push({ type, output, input: { '': value }, ...defined({ id }) })
  }
  for (const { type } of answers) zeroPage.delete(type)
  return answers.length === 0 ? undefined : answers
}
