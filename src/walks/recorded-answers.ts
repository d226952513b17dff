import { type AnswerKind, answerKind } from './answer-kinds.ts'
import type { Cast } from './cast.ts'
import { type GivenAnswer, givenAnswers, isSamePage } from './given-answers.ts'
import { isPlainChoice, type JsonPage, outputOf, promptOf } from './page.ts'
import { placeholder, type SecretNames } from './secret-names.ts'
import type { Shown } from './shown.ts'
import { isSteady } from './steady-texts.ts'

/** Where one-time codes come from: an email, an authenticator app, the agent of a transaction, or the environment. */
export type CodeSource = 'mail' | 'app' | 'agent' | 'secret'

/** An answered page, and what came of it. */
export type AnsweredPage = {
  page: JsonPage
  submitted: unknown
  after: Shown
  person: string
  isLate: boolean
}

/** Answers in the form of walk files. `code` is set if they contain a code of an email that no earlier step has read. */
export type WrittenAnswers = {
  answer: Record<string, unknown>
  code: { name: string; pattern: string } | undefined
}

/** Stands for every password that was not accepted. */
const wrongPassword = 'wrong'

type Values = { secrets: SecretNames; cast: Cast; codes: CodeSource }

/** Writes answers without their secrets. */
export class AnswerWriter {
  readonly #secrets: SecretNames
  readonly #cast: Cast
  readonly #codes: CodeSource
  /** Names of codes by value. */
  readonly #kept = new Map<string, string>()

  constructor({ secrets, cast, codes }: Values) {
    this.#secrets = secrets
    this.#cast = cast
    this.#codes = codes
  }

  write(answered: AnsweredPage): WrittenAnswers {
    const given = givenAnswers(answered.page, answered.submitted)
    const before = this.#kept.size
    const written = new Map(given.map((each) => [each.callback, this.#value(each, answered)]))
    const [value, name] = [...this.#kept][before] ?? []
    return {
      answer: byName(answered.page, written),
      code: name === undefined || value === undefined ? undefined : { name, pattern: codePattern(value) },
    }
  }

  #value({ callback, inputs }: GivenAnswer, answered: AnsweredPage): unknown {
    const [only = ''] = Object.keys(inputs)
    if (Object.keys(inputs).length === 1 && only === '') return this.#input(callback, inputs[''], answered)
    return Object.fromEntries(
      Object.entries(inputs).map(([suffix, value]) => [
        suffix,
        suffix === 'question' || typeof value === 'boolean'
          ? value
          : this.#input(callback, value, answered, suffix),
      ]),
    )
  }

  #input(callback: GivenAnswer['callback'], value: unknown, answered: AnsweredPage, suffix = ''): unknown {
    const kind = answerKind(callback, value)
    if (kind === 'plain') return choiceOf(callback, value)
    if (kind === 'person') return this.#person(String(value))
    if (kind === 'code') return this.#code(String(value), answered)
    const isPassword = kind === 'password' || kind === 'newPassword'
    const owner = isPassword ? this.#cast.ownerOf(String(value)) : undefined
    if (owner !== undefined) {
      this.#secrets.hide(value, placeholder(`${owner}.password`))
      return placeholder(`${owner}.password`)
    }
    if (kind === 'password') {
      this.#secrets.hide(value, wrongPassword)
      return wrongPassword
    }
    return this.#secrets.name(value, suffix || nameOf(callback))
  }

  /** The address of a person, or the name that was typed. */
  #person(typed: string): string {
    this.#cast.named(typed)
    return typed
  }

  #code(value: string, { page, after, person, isLate }: AnsweredPage): string {
    const known = this.#kept.get(value)
    if (known !== undefined) return placeholder(known)
    if (!isAccepted(page, after) && !isLate) {
      const wrongCode = '0'.repeat(value.length)
      this.#secrets.hide(value, wrongCode)
      return wrongCode
    }
    if (this.#codes === 'secret') return this.#secrets.name(value, 'code')
    if (this.#codes === 'agent') {
      this.#secrets.hide(value, placeholder('agent.code'))
      return placeholder('agent.code')
    }
    if (this.#codes === 'app') {
      this.#cast.giveApp(person)
      this.#secrets.hide(value, placeholder(`${person}.totp`))
      return placeholder(`${person}.totp`)
    }
    const name = this.#kept.size === 0 ? 'code' : `code${this.#kept.size + 1}`
    this.#kept.set(value, name)
    this.#secrets.hide(value, placeholder(name))
    return placeholder(name)
  }
}

/** Whether an answered page did not come back, and the journey did not fail. */
export function isAccepted(page: JsonPage, after: Shown): boolean {
  return after.kind === 'success' || (after.kind === 'page' && !isSamePage(page, after.page))
}

/** Answers of one kind on a page. */
export function answersOfKind(page: JsonPage, submitted: unknown, kind: AnswerKind): string[] {
  return givenAnswers(page, submitted).flatMap(({ callback, inputs }) => {
    const value = inputs['']
    return typeof value === 'string' && value !== '' && answerKind(callback, value) === kind ? [value] : []
  })
}

function codePattern(code: string): string {
  return /^\d+$/.test(code) ? `/\\b(\\d{${code.length}})\\b/` : `/\\b([A-Za-z0-9]{${code.length}})\\b/`
}

function nameOf(callback: GivenAnswer['callback']): string {
  const id = outputOf(callback, 'id')
  const prompt = promptOf(callback)
  return typeof id === 'string' && id !== '' ? id : prompt || callback.type.replace(/Callback$/, '')
}

function choiceOf(callback: GivenAnswer['callback'], value: unknown): unknown {
  const texts = outputOf(callback, 'choices') ?? outputOf(callback, 'options')
  if (!Array.isArray(texts)) return value
  const text: unknown = texts[Number(value)]
  return isPlainChoice(text, texts) ? text : Number(value)
}

/** Callbacks are named by type; by prompt where several have it. */
function byName(
  page: JsonPage,
  written: ReadonlyMap<GivenAnswer['callback'], unknown>,
): Record<string, unknown> {
  const types = [...new Set([...written.keys()].map(({ type }) => type))]
  return Object.fromEntries(types.flatMap((type) => ofType(type, page, written)))
}

function ofType(
  type: string,
  { callbacks }: JsonPage,
  written: ReadonlyMap<GivenAnswer['callback'], unknown>,
): [string, unknown][] {
  const asked = callbacks.filter((each) => each.type === type)
  const [only] = asked
  if (only !== undefined && asked.length === 1) return [[type, written.get(only)]]
  const prompts = callbacks.map((each) => promptOf(each))
  const isNamed = asked.every((each) => {
    const prompt = promptOf(each) ?? ''
    return (
      isSteady(prompt) && !/^\/|\$\{/.test(prompt) && prompts.filter((one) => one === prompt).length === 1
    )
  })
  if (!isNamed) return [[type, asked.map((each) => written.get(each) ?? null)]]
  return asked.filter((each) => written.has(each)).map((each) => [promptOf(each) ?? '', written.get(each)])
}
