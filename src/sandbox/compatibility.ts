import { findJavaValues } from './java-values-in-scripts.ts'
import { type Token, tokenize } from './script-tokens.ts'

export type CompatibilityWarning = { line: number; message: string }

/** Globals that the vendor's engine (Rhino 1.7, language version 0) lacks. */
const missingGlobals = new Set([
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Symbol',
  'Promise',
  'Proxy',
  'Reflect',
  'BigInt',
  'console',
  'process',
  'Buffer',
  'setTimeout',
  'fetch',
  'atob',
  'btoa',
  'queueMicrotask',
  'performance',
  'ArrayBuffer',
  'DataView',
  'WeakRef',
  'AggregateError',
  ...['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32'].map((name) => `${name}Array`),
  ...['Float32', 'Float64', 'BigInt64', 'BigUint64'].map((name) => `${name}Array`),
])

/** Functions of Object that the vendor's engine lacks. */
const missingOfObject = [
  'entries',
  'values',
  'fromEntries',
  'setPrototypeOf',
  'hasOwn',
  'getOwnPropertyDescriptors',
]

/** Methods of texts and arrays that the vendor's engine lacks. */
const missingMethods = ['matchAll', 'findLast', 'findLastIndex', 'flat', 'flatMap', 'at']

/** A token, and the brackets that are open there, as indexes of tokens. */
type Place = {
  tokens: readonly Token[]
  at: number
  openers: readonly Opener[]
  isOutside: boolean
  /** Where a bracket closes. The number of tokens, if it doesn't. */
  endOf(opener: number): number
}

/** `isFunction`: the bracket opens the body of a function. */
type Opener = { at: number; isFunction: boolean }

const text = ({ tokens, at }: Place, offset = 0) => {
  const token = tokens[at + offset]
  return token === undefined || token.kind === 'literal' ? '' : token.text
}
const isWord = ({ tokens, at }: Place, offset = 0) => tokens[at + offset]?.kind === 'word'
const isMember = (place: Place) => text(place, -1) === '.' || text(place, -1) === '?.'
const isKey = (place: Place) => text(place, 1) === ':' && ['{', ','].includes(text(place, -1))
const declares = ['var', 'let', 'const']

type Rule = [message: string, applies: (place: Place) => boolean]

/** Each rule tests whether a construct that the vendor's engine rejects starts at a token. */
const rules: Rule[] = [
  [
    '`let` is a parse error',
    (p) => text(p) === 'let' && (isWord(p, 1) || ['[', '{'].includes(text(p, 1))) && !isMember(p),
  ],
  ['`class` is a parse error', (p) => text(p) === 'class' && !isMember(p) && !isKey(p)],
  ['`async` functions are a parse error', isAsync],
  ['`for (… of …)` is a parse error', isForOf],
  [
    '`const` in the head of a loop is a parse error',
    (p) => text(p) === 'const' && text(p, -1) === '(' && text(p, -2) === 'for',
  ],
  [
    'a `const` outside functions reads as undefined',
    (p) => text(p) === 'const' && p.isOutside && text(p, -1) !== '(' && !isMember(p),
  ],
  ['spread and rest (`...`) are a parse error', (p) => text(p) === '...'],
  ['optional chaining (`?.`) is a parse error', (p) => text(p) === '?.'],
  ['`??` is a parse error', (p) => text(p).startsWith('??')],
  ['destructuring with default values or without `name: variable` is a parse error', isRefusedPattern],
  ['`**` is a parse error', (p) => text(p) === '**=' || (text(p) === '*' && isAdjacent(p, '*'))],
  ['`||=` and `&&=` are a parse error', (p) => ['||=', '&&='].includes(text(p))],
  ['`new.target` is a parse error', (p) => text(p) === 'new' && text(p, 1) === '.'],
  ['a computed key is a parse error', isComputedKey],
  ...missingOfObject.map(
    (name): Rule => [
      `\`Object.${name}\` does not exist`,
      (p) => text(p) === 'Object' && text(p, 1) === '.' && text(p, 2) === name && !isMember(p),
    ],
  ),
  ...missingMethods.map(
    (name): Rule => [
      `the method \`${name}\` does not exist`,
      (p) => text(p) === name && text(p, 1) === '(' && isMember(p),
    ],
  ),
  ['default parameters are a parse error', isDefaultParameter],
  ['shorthand properties are a parse error', isShorthand],
  [
    'an optional catch binding is a parse error',
    (p) => text(p) === 'catch' && text(p, 1) === '{' && !isMember(p),
  ],
]

/**
 * Finds constructs that run on this server but not on the vendor's engine.
 *
 * It works on tokens, so it can miss constructs, but it ignores strings, comments and regular expressions. The rules come from
 * tests with the vendor's engine, not from its documentation.
 */
export function findIncompatibilities(source: string): CompatibilityWarning[] {
  const tokens = tokenize(source)
  const declared = new Set(
    tokens
      .filter((_, at) => ['var', 'function'].includes(tokens[at - 1]?.text ?? ''))
      .map((token) => token.text),
  )
  const warnings: CompatibilityWarning[] = []
  const openers: Opener[] = []
  const outside: boolean[] = []
  const ends = endsIn(tokens)
  const endOf = (opener: number) => ends.get(opener) ?? tokens.length
  let functions = 0
  let closed: Opener | undefined
  for (const [at, { kind, text: word, line }] of tokens.entries()) {
    outside[at] = functions === 0
    if (kind === 'literal') {
      const message = refusedLiteral(word)
      if (message !== undefined) warnings.push({ line, message })
      continue
    }
    if (kind === 'punctuator' && ')]}'.includes(word)) {
      closed = openers.pop()
      if (closed?.isFunction === true) functions--
    }
    const place = { tokens, at, openers, isOutside: functions === 0, endOf }
    for (const [message, applies] of rules) if (applies(place)) warnings.push({ line, message })
    if (
      kind === 'word' &&
      missingGlobals.has(word) &&
      !declared.has(word) &&
      !isMember(place) &&
      !isKey(place)
    ) {
      warnings.push({ line, message: `\`${word}\` does not exist` })
    }
    if (kind === 'punctuator' && '([{'.includes(word)) {
      const isFunction = word === '{' && isBody(tokens, at, closed)
      if (isFunction) functions++
      openers.push({ at, isFunction })
    }
  }
  return [...warnings, ...findJavaValues(tokens, { isOutside: (at) => outside[at] === true, endOf })]
}

const statements = ['if', 'for', 'each', 'while', 'switch', 'with', 'catch']

/** Whether a brace opens the body of a function. @param closed the last bracket that was closed: its parameters, if any. */
function isBody(tokens: readonly Token[], at: number, closed: Opener | undefined): boolean {
  const before = tokens[at - 1]?.text
  if (before === '=>') return true
  return before === ')' && !statements.includes(tokens[(closed?.at ?? 0) - 1]?.text ?? '')
}

/** Why the vendor's engine refuses a number or a regular expression. Undefined for others. */
function refusedLiteral(literal: string): string | undefined {
  if (/^0[bo]/i.test(literal) || /^\d.*n$/i.test(literal)) return `the number \`${literal}\` is a parse error`
  const [, pattern = '', flags = ''] = /^\/([\s\S]+)\/([a-z]*)$/.exec(literal) ?? []
  if (/[^gim]/.test(flags)) return `the flags \`${flags}\` of a regular expression are a parse error`
  if (/(?:^|[^\\])\(\?</.test(pattern))
    return 'named groups and lookbehind in a regular expression are a parse error'
  return undefined
}

function isAdjacent({ tokens, at }: Place, word: string): boolean {
  const next = tokens[at + 1]
  return next?.text === word && next.at === (tokens[at]?.at ?? 0) + 1
}

function isAsync(place: Place): boolean {
  if (text(place) !== 'async' || isMember(place)) return false
  if (text(place, 1) === 'function' || (isWord(place, 1) && text(place, 2) === '=>')) return true
  return text(place, 1) === '(' && place.tokens[place.endOf(place.at + 1) + 1]?.text === '=>'
}

/** Array patterns, and object patterns with `name: variable`, work. */
function isRefusedPattern(place: Place): boolean {
  const { tokens, at } = place
  if (!declares.includes(text(place)) || !['[', '{'].includes(text(place, 1)) || isMember(place)) return false
  const open: string[] = []
  const end = place.endOf(at + 1)
  if (end === tokens.length) return false
  for (let inside = at + 1; inside <= end; inside++) {
    const { kind, text: word } = tokens[inside] ?? { kind: 'literal', text: '' }
    if (kind === 'punctuator' && '[{'.includes(word)) open.push(word)
    if (kind === 'punctuator' && ']}'.includes(word)) open.pop()
    const isShort =
      kind === 'word' &&
      open.at(-1) === '{' &&
      tokens[inside - 1]?.text !== ':' &&
      tokens[inside + 1]?.text !== ':'
    if (word === '=' || isShort) return true
  }
  return false
}

function isComputedKey(place: Place): boolean {
  if (text(place) !== '[' || !['{', ','].includes(text(place, -1))) return false
  if (place.tokens[place.openers.at(-1)?.at ?? -1]?.text !== '{') return false
  return place.tokens[place.endOf(place.at) + 1]?.text === ':'
}

function isForOf(place: Place): boolean {
  if (text(place) !== 'for' || text(place, 1) !== '(') return false
  const variable = place.at + (declares.includes(text(place, 2)) ? 3 : 2)
  const isPattern = ['[', '{'].includes(place.tokens[variable]?.text ?? '')
  return place.tokens[(isPattern ? place.endOf(variable) : variable) + 1]?.text === 'of'
}

/** An `=` directly inside the parameters of a function or an arrow function. */
function isDefaultParameter(place: Place): boolean {
  const opener = place.openers.at(-1)?.at
  if (text(place) !== '=' || opener === undefined || place.tokens[opener]?.text !== '(') return false
  const before = [place.tokens[opener - 1]?.text, place.tokens[opener - 2]?.text]
  if (before.includes('function')) return true
  const end = place.endOf(opener)
  return place.tokens[end + 1]?.text === '=>'
}

/**
 * `{ a, b }` in an expression: a name between a brace or comma and a comma or brace. Not after a colon, where it can be a
 * labelled block.
 */
function isShorthand(place: Place): boolean {
  const opener = place.openers.at(-1)?.at
  if (!isWord(place) || opener === undefined || place.tokens[opener]?.text !== '{') return false
  if (!['{', ','].includes(text(place, -1)) || ![',', '}'].includes(text(place, 1))) return false
  const before = place.tokens[opener - 1]?.text ?? ''
  return ['=', '(', ',', '[', 'return', '?'].includes(before)
}

/** Where each bracket closes: found once, so that a long script of brackets takes no time from others. */
function endsIn(tokens: readonly Token[]): Map<number, number> {
  const ends = new Map<number, number>()
  const open: number[] = []
  for (const [at, { kind, text: word }] of tokens.entries()) {
    if (kind !== 'punctuator') continue
    if ('([{'.includes(word)) open.push(at)
    const opener = ')]}'.includes(word) ? open.pop() : undefined
    if (opener !== undefined) ends.set(opener, at)
  }
  return ends
}
