import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import { appleProfile, isNameless } from '../../../nodes/federation/social-profile.ts'
import { digest } from '../../../secrets/digest.ts'

/** The variables of a transformation script, by name. */
export type TransformationInput = Readonly<Record<string, Json>>

/** The resulting object, and what the script writes to shared state. */
export type Transformed = { value: JsonObject; shared: JsonObject }

type Transformation = (input: TransformationInput) => Transformed
type Expression = (input: TransformationInput) => Json
type Step = (object: Record<string, Json>, input: TransformationInput) => void

/**
 * Scripts of the vendor that go beyond the supported form, by the SHA-256 of their tokens. Each version of a script has its own
 * entry.
 */
const knownScripts: Readonly<Record<string, Transformation>> = {
  // Apple Profile Normalization
  uilg2KAplzSAAj3tx29MDqsjeWaYWxHKzGpeuXBJG1I: (input) => ({
    value: appleProfile(input.rawProfile, true),
    shared: {},
  }),
  'DJpMJu2Hd-WSEgkoBkFafALE19ChhDpNV6sBq312zDA': (input) => ({
    value: appleProfile(input.rawProfile, false),
    shared: {},
  }),
}

/**
 * Hash of the block at the end of "Normalized Profile to Managed User" that records in shared state whether the profile has a
 * name.
 */
const namelessBlock = 'sdXAa-OQwnshiOms06JHRE7CDnanN-Sx1b1vBooYY7s'

/**
 * Reads a profile transformation in Groovy. The server doesn't run Groovy, but most of these scripts only build an object of
 * fields from members of a profile. This form is supported, and nothing else of the language.
 *
 * @returns undefined for other scripts.
 */
export function readGroovyTransformation(source: string): Transformation | undefined {
  const tokens = tokensOf(source)
  if (tokens === undefined) return undefined
  const known = knownScripts[digest(tokens.join(' '))]
  if (known !== undefined) return known
  try {
    return new Reader(tokens).script()
  } catch {
    return undefined
  }
}

/** Returns the tokens without comments and imports; undefined if the text contains anything else. */
function tokensOf(source: string): string[] | undefined {
  const pattern =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|\bimport\s[^\n]*|"(?:[^"\\$\n])*"|'(?:[^'\\\n])*'|\w+|\?\.|==|&&|\|\||[()[\]{}.,+=!?:;]|(\S)/g
  const found = [...source.matchAll(pattern)]
  if (found.some(([, other]) => other !== undefined)) return undefined
  return found
    .map(([token]) => token)
    .filter((token) => !/^(\/\*|\/\/|import\s)/.test(token) && token !== ';')
}

/** Reads the form by recursive descent. Every method throws on an unexpected token. */
class Reader {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  script(): Transformation {
    const steps: Step[] = []
    let object: Expression | undefined
    let name: string | undefined
    let isAsked = false
    while (this.#peek() !== 'return') {
      if (this.#isNext('JsonValue') || this.#isNext('def')) {
        this.#next()
        name = this.#word()
        this.#expect('=')
        object = this.#object()
      } else if (this.#isNext('logger')) this.#log()
      else if (this.#isNext('boolean')) {
        this.#nameless()
        isAsked = true
      } else steps.push(this.#put(name))
    }
    this.#expect('return')
    if (this.#isNext('json')) object = this.#object()
    else if (this.#next() !== name) throw new Error('another variable')
    if (this.#at !== this.#tokens.length || object === undefined) throw new Error('more than a table')
    const made = object
    return (input) => {
      // `#object` always returns an object.
      const value = made(input) as JsonObject
      for (const step of steps) step(value, input)
      return { value, shared: isAsked ? { nameEmptyOrNull: isNameless(input.normalizedProfile) } : {} }
    }
  }

  /** `json(object(field("name", value), …))` */
  #object(): Expression {
    for (const token of ['json', '(', 'object', '(']) this.#expect(token)
    const fields: [name: string, value: Expression, isOptional: boolean][] = []
    while (!this.#isNext(')')) {
      if (fields.length > 0) this.#expect(',')
      const kind = this.#next()
      if (kind !== 'field' && kind !== 'fieldIfNotNull') throw new Error('no field')
      this.#expect('(')
      const name = this.#text()
      this.#expect(',')
      fields.push([name, this.#value(), kind === 'fieldIfNotNull'])
      this.#expect(')')
    }
    this.#expect(')')
    this.#expect(')')
    return (input) => {
      const values = fields.map(([name, value, isOptional]) => [name, value(input), isOptional] as const)
      return Object.fromEntries(
        values
          .filter(([, value, isOptional]) => !(isOptional && value === null))
          .map(([name, value]) => [name, value]),
      )
    }
  }

  /** `name.put("attribute", value)`, optionally after `if (value.isNotNull())` */
  #put(name: string | undefined): Step {
    const condition = this.#isNext('if') ? this.#condition() : undefined
    const isBlock = condition !== undefined && this.#take('{')
    if (name === undefined || this.#next() !== name) throw new Error('another variable')
    for (const token of ['.', 'put', '(']) this.#expect(token)
    const attribute = this.#text()
    this.#expect(',')
    const value = this.#value()
    this.#expect(')')
    if (isBlock) this.#expect('}')
    return (object, input) => {
      if (condition === undefined || condition(input) !== null) object[attribute] = value(input)
    }
  }

  #condition(): Expression {
    this.#expect('if')
    this.#expect('(')
    const value = this.#member('isNotNull')
    this.#expect(')')
    return value
  }

  /** One or more terms, joined by `+`. */
  #value(): Expression {
    const parts = [this.#term()]
    while (this.#take('+')) parts.push(this.#term())
    const [first] = parts
    if (parts.length === 1 && first !== undefined) return first
    return (input) => parts.map((part) => String(part(input))).join('')
  }

  #term(): Expression {
    if (/^["']/.test(this.#peek())) {
      const text = this.#text()
      return () => text
    }
    return this.#member('asString')
  }

  /** `rawProfile.name.first` or `rawProfile.get("sub")`, optionally with one final call. */
  #member(lastCall: 'asString' | 'isNotNull'): Expression {
    const root = this.#word()
    if (!['rawProfile', 'normalizedProfile', 'selectedIdp'].includes(root))
      throw new Error('another variable')
    const path: string[] = []
    let isCalled = false
    while (!isCalled && this.#take('.')) {
      const name = this.#word()
      if (!this.#take('(')) {
        path.push(name)
        continue
      }
      if (name === 'get') path.push(this.#text())
      else if (name === lastCall) isCalled = true
      else throw new Error('another method')
      this.#expect(')')
    }
    if (lastCall === 'isNotNull' && !isCalled) throw new Error('another condition')
    return (input) =>
      path.reduce<Json>(
        (json, name) => (isJsonObject(json) && Object.hasOwn(json, name) ? (json[name] ?? null) : null),
        input[root] ?? null,
      )
  }

  #log(): void {
    for (const token of ['logger', '.']) this.#expect(token)
    this.#word()
    this.#expect('(')
    this.#value()
    while (this.#take(',')) this.#value()
    this.#expect(')')
  }

  /** Accepts the block only exactly as in the vendor's script. */
  #nameless(): void {
    const end = this.#tokens.indexOf('return', this.#at)
    if (digest(this.#tokens.slice(this.#at, end).join(' ')) !== namelessBlock)
      throw new Error('another block')
    this.#at = end
  }

  #text(): string {
    const token = this.#next()
    if (!/^(".*"|'.*')$/.test(token)) throw new Error('no text')
    return token.slice(1, -1)
  }

  #word(): string {
    const token = this.#next()
    if (!/^[A-Za-z_]\w*$/.test(token)) throw new Error('no name')
    return token
  }

  #expect(token: string): void {
    if (this.#next() !== token) throw new Error(`no ${token}`)
  }

  #take(token: string): boolean {
    if (!this.#isNext(token)) return false
    this.#at++
    return true
  }

  #isNext(token: string): boolean {
    return this.#tokens[this.#at] === token
  }

  #peek(): string {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw new Error('the script ends early')
    return token
  }

  #next(): string {
    const token = this.#peek()
    this.#at++
    return token
  }
}
