import { findJavaValues } from './java-values-in-scripts.ts'
import { missingNames } from './missing-names.ts'
import { type Token, tokenize } from './script-tokens.ts'

export type CompatibilityWarning = { line: number; message: string }

/** `name`: a global or member that doesn't exist. `constant` and `value` run, and have another value. */
export type Incompatibility = CompatibilityWarning & { kind: 'syntax' | 'name' | 'constant' | 'value' }

const missingMembers = missingNames.filter((name) => name.includes('.') && !name.includes('.prototype.'))
const missingGlobals = new Set(missingNames.filter((name) => !name.includes('.')))
/** Other objects have methods with these names. */
const ambiguous = ['replaceAll', 'with']
const missingMethods = new Set(
  missingNames
    .flatMap((name) => name.split('.prototype.')[1] ?? [])
    .filter((name) => !ambiguous.includes(name)),
)

/** A token, and the brackets that are open there, as indexes of tokens. */
type Place = {
  tokens: readonly Token[]
  at: number
  openers: readonly Opener[]
  /** Names of variables and functions. */
  declared: ReadonlySet<string>
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
const isLiteral = ({ tokens, at }: Place, offset: number, start = '') =>
  tokens[at + offset]?.kind === 'literal' && tokens[at + offset]?.text.startsWith(start) === true
const isMember = (place: Place) => text(place, -1) === '.' || text(place, -1) === '?.'
const isKey = (place: Place) => text(place, 1) === ':' && ['{', ','].includes(text(place, -1))
const declares = ['var', 'let', 'const']

type Rule = [message: string, applies: (place: Place) => boolean]

/** Each rule tests whether a construct that the vendor's engine rejects starts at a token. */
const syntaxRules: Rule[] = [
  [
    '`let` is a parse error',
    (p) => text(p) === 'let' && (isWord(p, 1) || ['[', '{'].includes(text(p, 1))) && !isMember(p),
  ],
  ['`class` is a parse error', (p) => text(p) === 'class' && !isMember(p) && !isKey(p)],
  ['`async` functions are a parse error', isAsync],
  ['generators are a parse error', (p) => text(p) === 'function' && text(p, 1) === '*' && !isMember(p)],
  ['`for (… of …)` is a parse error', isForOf],
  [
    '`const` in the head of a loop is a parse error',
    (p) => text(p) === 'const' && text(p, -1) === '(' && text(p, -2) === 'for',
  ],
  ['spread and rest (`...`) are a parse error', (p) => text(p) === '...'],
  ['optional chaining (`?.`) is a parse error', (p) => text(p) === '?.'],
  ['`??` is a parse error', (p) => text(p).startsWith('??')],
  ['destructuring with default values or without `name: variable` is a parse error', isRefusedPattern],
  ['`**` is a parse error', (p) => text(p) === '**=' || (text(p) === '*' && isAdjacent(p, '*'))],
  ['`||=` and `&&=` are a parse error', (p) => ['||=', '&&='].includes(text(p))],
  ['`new.target` is a parse error', (p) => text(p) === 'new' && text(p, 1) === '.'],
  ['a computed key is a parse error', isComputedKey],
  ['default parameters are a parse error', isDefaultParameter],
  ['shorthand properties are a parse error', isShorthand],
  [
    'an optional catch binding is a parse error',
    (p) => text(p) === 'catch' && text(p, 1) === '{' && !isMember(p),
  ],
]

const nameRules: Rule[] = [
  ...missingMembers.map(
    (name): Rule => [
      `\`${name}\` does not exist`,
      (p) => `${text(p)}.${text(p, 2)}` === name && text(p, 1) === '.' && !isMember(p),
    ],
  ),
  [
    'the method `replaceAll` exists on texts of Java only, where its pattern is a text',
    (p) =>
      text(p) === 'replaceAll' &&
      text(p, 1) === '(' &&
      isMember(p) &&
      (isLiteral(p, -2) || isLiteral(p, 2, '/')),
  ],
]

const constantRules: Rule[] = [
  [
    'a `const` outside functions reads as undefined',
    (p) =>
      text(p) === 'const' &&
      p.isOutside &&
      text(p, -1) !== '(' &&
      !isMember(p) &&
      !p.declared.has(text(p, 1)),
  ],
]

const rules = [
  ...syntaxRules.map((rule) => ['syntax', ...rule] as const),
  ...nameRules.map((rule) => ['name', ...rule] as const),
  ...constantRules.map((rule) => ['constant', ...rule] as const),
]

/** What {@link incompatibilitiesIn} finds, as warnings. */
export function findIncompatibilities(source: string): CompatibilityWarning[] {
  return incompatibilitiesIn(source).map(({ line, message }) => ({ line, message }))
}

/**
 * Finds constructs that run on this server but not on the vendor's engine.
 *
 * It works on tokens, so it can miss constructs, but it ignores strings, comments and regular expressions. The rules come from
 * tests with the vendor's engine, not from its documentation.
 */
export function incompatibilitiesIn(source: string): Incompatibility[] {
  const tokens = tokenize(source)
  const declared = new Set(
    tokens
      .filter((_, at) => ['var', 'function'].includes(tokens[at - 1]?.text ?? ''))
      .map((token) => token.text),
  )
  const found: Incompatibility[] = []
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
      if (message !== undefined) found.push({ line, message, kind: 'syntax' })
      continue
    }
    if (kind === 'punctuator' && ')]}'.includes(word)) {
      closed = openers.pop()
      if (closed?.isFunction === true) functions--
    }
    const place = { tokens, at, openers, declared, isOutside: functions === 0, endOf }
    for (const [of, message, applies] of rules) if (applies(place)) found.push({ line, message, kind: of })
    if (kind === 'word' && isMissing(place)) found.push({ line, message: missing(word, place), kind: 'name' })
    if (kind === 'punctuator' && '([{'.includes(word)) {
      const isFunction = word === '{' && isBody(tokens, at, closed)
      if (isFunction) functions++
      openers.push({ at, isFunction })
    }
  }
  const values = findJavaValues(tokens, { isOutside: (at) => outside[at] === true, endOf })
  return [...found, ...values.map((value) => ({ ...value, kind: 'value' as const }))]
}

/** Whether the word is a global, or a called method, that doesn't exist. */
function isMissing(place: Place): boolean {
  if (isMember(place)) return missingMethods.has(text(place)) && text(place, 1) === '('
  return missingGlobals.has(text(place)) && !place.declared.has(text(place)) && !isKey(place)
}

const missing = (word: string, place: Place) =>
  `${isMember(place) ? 'the method ' : ''}\`${word}\` does not exist`

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
