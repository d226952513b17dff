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
  'globalThis',
])

/** A token, and the brackets that are open there. `depth` counts braces; `openers` are token indexes. */
type Place = { tokens: readonly Token[]; at: number; depth: number; openers: readonly number[] }

const text = ({ tokens, at }: Place, offset = 0) => {
  const token = tokens[at + offset]
  return token === undefined || token.kind === 'literal' ? '' : token.text
}
const isWord = ({ tokens, at }: Place, offset = 0) => tokens[at + offset]?.kind === 'word'
const isMember = (place: Place) => text(place, -1) === '.' || text(place, -1) === '?.'
const isKey = (place: Place) => text(place, 1) === ':' && ['{', ','].includes(text(place, -1))
const declares = ['var', 'let', 'const']

/** Each rule tests whether a construct that the vendor's engine rejects starts at a token. */
const rules: [message: string, applies: (place: Place) => boolean][] = [
  [
    '`let` is a parse error',
    (p) => text(p) === 'let' && (isWord(p, 1) || ['[', '{'].includes(text(p, 1))) && !isMember(p),
  ],
  ['`class` is a parse error', (p) => text(p) === 'class' && !isMember(p) && !isKey(p)],
  [
    '`async` functions are a parse error',
    (p) => text(p) === 'async' && text(p, 1) === 'function' && !isMember(p),
  ],
  ['`for (… of …)` is a parse error', isForOf],
  [
    '`const` in the head of a loop is a parse error',
    (p) => text(p) === 'const' && text(p, -1) === '(' && text(p, -2) === 'for',
  ],
  [
    'a top-level `const` reads as undefined',
    (p) => text(p) === 'const' && p.depth === 0 && text(p, -1) !== '(' && !isMember(p),
  ],
  ['spread and rest (`...`) are a parse error', (p) => text(p) === '...'],
  ['optional chaining (`?.`) is a parse error', (p) => text(p) === '?.'],
  ['`??` is a parse error', (p) => text(p).startsWith('??')],
  [
    'destructuring is a parse error',
    (p) => declares.includes(text(p)) && ['[', '{'].includes(text(p, 1)) && !isMember(p),
  ],
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
  const openers: number[] = []
  for (const [at, { kind, text: word, line }] of tokens.entries()) {
    if (kind === 'literal') continue
    if (kind === 'punctuator' && ')]}'.includes(word)) openers.pop()
    const depth = openers.filter((opener) => tokens[opener]?.text === '{').length
    const place = { tokens, at, depth, openers }
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
    if (kind === 'punctuator' && '([{'.includes(word)) openers.push(at)
  }
  return warnings
}

function isForOf(place: Place): boolean {
  if (text(place) !== 'for' || text(place, 1) !== '(') return false
  const declaration = declares.includes(text(place, 2)) ? 1 : 0
  return isWord(place, 2 + declaration) && text(place, 3 + declaration) === 'of'
}

/** An `=` directly inside the parameters of a function or an arrow function. */
function isDefaultParameter(place: Place): boolean {
  const opener = place.openers.at(-1)
  if (text(place) !== '=' || opener === undefined || place.tokens[opener]?.text !== '(') return false
  const before = [place.tokens[opener - 1]?.text, place.tokens[opener - 2]?.text]
  if (before.includes('function')) return true
  const end = closing(place.tokens, opener)
  return place.tokens[end + 1]?.text === '=>'
}

/**
 * `{ a, b }` in an expression: a name between a brace or comma and a comma or brace. Not after a colon, where it can be a
 * labelled block.
 */
function isShorthand(place: Place): boolean {
  const opener = place.openers.at(-1)
  if (!isWord(place) || opener === undefined || place.tokens[opener]?.text !== '{') return false
  if (!['{', ','].includes(text(place, -1)) || ![',', '}'].includes(text(place, 1))) return false
  const before = place.tokens[opener - 1]?.text ?? ''
  return ['=', '(', ',', '[', 'return', '?'].includes(before)
}

function closing(tokens: readonly Token[], opener: number): number {
  let depth = 0
  for (let at = opener; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.kind !== 'punctuator') continue
    if ('([{'.includes(token.text)) depth++
    if (')]}'.includes(token.text) && --depth === 0) return at
  }
  return tokens.length
}
