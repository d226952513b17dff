import { badRequest } from '../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'

/** A parsed `_queryFilter`. Fields are paths into the object: `/name/first` or `name`. */
export type QueryFilter =
  | { kind: 'constant'; value: boolean }
  | { kind: 'and' | 'or'; terms: QueryFilter[] }
  | { kind: 'not'; term: QueryFilter }
  | { kind: 'present'; field: string[] }
  | { kind: 'compare'; field: string[]; operator: Operator; value: Json }

const operators = ['eq', 'co', 'sw', 'ew', 'lt', 'le', 'gt', 'ge'] as const
type Operator = (typeof operators)[number]

/** Bounds the parser's recursion. */
const maxDepth = 32

/**
 * Parses a filter such as `userName eq "alex" and !(mail pr)`. Source: "Query" in the vendor's common REST guide.
 * @throws RequestError 400 that names the position.
 */
export function parseQueryFilter(text: string): QueryFilter {
  const tokens = tokenize(text)
  const parser = { tokens, position: 0, text }
  const filter = parseOr(parser, 0)
  if (parser.position < tokens.length) throw unexpected(parser)
  return filter
}

export function matches(filter: QueryFilter, object: JsonObject): boolean {
  switch (filter.kind) {
    case 'constant':
      return filter.value
    case 'and':
      return filter.terms.every((term) => matches(term, object))
    case 'or':
      return filter.terms.some((term) => matches(term, object))
    case 'not':
      return !matches(filter.term, object)
    case 'present':
      return valuesAt(object, filter.field).some((value) => value !== null)
    case 'compare':
      return valuesAt(object, filter.field).some((value) => compares(value, filter.operator, filter.value))
  }
}

/** Fields that every match must equal according to the filter, so that a store can use its index. */
export function requiredEquality(filter: QueryFilter): { field: string; value: string }[] {
  if (filter.kind === 'and') return filter.terms.flatMap(requiredEquality)
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return []
  const [field, ...deeper] = filter.field
  if (field === undefined || deeper.length > 0 || typeof filter.value !== 'string') return []
  return [{ field, value: filter.value }]
}

type Token = { kind: 'word' | 'string' | 'mark'; text: string; value: Json; at: number }
type Parser = { tokens: Token[]; position: number; text: string }

const tokenPattern = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([()!])|([^\s()!"'][^\s()!"]*))/y

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const at = tokenPattern.lastIndex
    const match = tokenPattern.exec(text)
    if (match === null) throw badRequest(`The query filter is not valid at character ${at + 1}`)
    const [, quoted, mark, word] = match
    if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted, value: unquote(quoted, at), at })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, value: mark, at })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, value: literal(word), at })
  }
  return tokens
}

/** Accepts single quotes with the same escapes as double quotes. */
function unquote(quoted: string, at: number): string {
  const inside = quoted.startsWith("'")
    ? quoted
        .slice(1, -1)
        .replace(/\\(.)|"/g, (mark, escaped) => (escaped === "'" ? "'" : mark === '"' ? '\\"' : mark))
    : quoted.slice(1, -1)
  try {
    return String(JSON.parse(`"${inside}"`))
  } catch {
    throw badRequest(`The query filter has an invalid string at character ${at + 1}`)
  }
}

function literal(word: string): Json {
  if (word === 'true') return true
  if (word === 'false') return false
  if (word === 'null') return null
  return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word
}

function parseOr(parser: Parser, depth: number): QueryFilter {
  return parseChain(parser, depth, 'or', parseAnd)
}

function parseAnd(parser: Parser, depth: number): QueryFilter {
  return parseChain(parser, depth, 'and', parseTerm)
}

function parseChain(
  parser: Parser,
  depth: number,
  kind: 'and' | 'or',
  parse: (parser: Parser, depth: number) => QueryFilter,
): QueryFilter {
  const first = parse(parser, depth)
  const terms = [first]
  while (isWord(parser.tokens[parser.position], kind)) {
    parser.position++
    terms.push(parse(parser, depth))
  }
  return terms.length === 1 ? first : { kind, terms }
}

function parseTerm(parser: Parser, depth: number): QueryFilter {
  if (depth > maxDepth) throw badRequest(`The query filter is nested deeper than ${maxDepth} levels`)
  const token = parser.tokens[parser.position++]
  if (token?.kind === 'mark' && token.text === '!') return { kind: 'not', term: parseTerm(parser, depth + 1) }
  if (token?.kind === 'mark' && token.text === '(') {
    const inner = parseOr(parser, depth + 1)
    const end = parser.tokens[parser.position++]
    if (end?.text !== ')') throw unexpected(parser, 1)
    return inner
  }
  if (token?.kind !== 'word') throw unexpected(parser, 1)
  return parseComparison(parser, token)
}

function parseComparison(parser: Parser, field: Token): QueryFilter {
  const operator = parser.tokens[parser.position]
  if (
    operator === undefined ||
    operator.kind !== 'word' ||
    isWord(operator, 'and') ||
    isWord(operator, 'or')
  ) {
    if (typeof field.value === 'boolean') return { kind: 'constant', value: field.value }
    throw unexpected(parser)
  }
  parser.position++
  const path = field.text.split('/').filter((part) => part !== '')
  const name = operator.text.toLowerCase()
  if (name === 'pr') return { kind: 'present', field: path }
  const known = operators.find((candidate) => candidate === name)
  const value = parser.tokens[parser.position++]
  if (known === undefined || value === undefined || value.kind === 'mark') throw unexpected(parser, 1)
  return { kind: 'compare', field: path, operator: known, value: value.value }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word
}

function unexpected(parser: Parser, back = 0): Error {
  const token = parser.tokens[parser.position - back]
  const place = token === undefined ? 'its end' : `'${token.text}' (character ${token.at + 1})`
  return badRequest(`The query filter is not valid at ${place}`)
}

function valuesAt(object: Json, path: readonly string[]): Json[] {
  const [key, ...rest] = path
  if (key === undefined) return Array.isArray(object) ? object : [object]
  if (Array.isArray(object)) return object.flatMap((item) => valuesAt(item, path))
  if (!isJsonObject(object) || !Object.hasOwn(object, key)) return []
  return valuesAt(object[key] ?? null, rest)
}

function compares(actual: Json, operator: Operator, expected: Json): boolean {
  if (operator === 'eq') return typeof actual === 'string' ? sameText(actual, expected) : actual === expected
  if (typeof actual === 'number' && typeof expected === 'number') return inOrder(actual - expected, operator)
  if (typeof actual !== 'string') return false
  const left = actual.toLowerCase()
  const right = String(expected).toLowerCase()
  if (operator === 'co') return left.includes(right)
  if (operator === 'sw') return left.startsWith(right)
  if (operator === 'ew') return left.endsWith(right)
  return inOrder(left < right ? -1 : left > right ? 1 : 0, operator)
}

function sameText(actual: string, expected: Json): boolean {
  return actual.toLowerCase() === String(expected).toLowerCase()
}

function inOrder(difference: number, operator: Operator): boolean {
  if (operator === 'lt') return difference < 0
  if (operator === 'le') return difference <= 0
  if (operator === 'gt') return difference > 0
  return operator === 'ge' && difference >= 0
}
