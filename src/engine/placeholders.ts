import { type ExpressionType, encodedBase64, expectedOf, typedValue } from './expression-type.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** A variable or secret as placeholders see it. */
export type EsvValue = {
  text: string
  /** Undefined for secrets and for variables of the process: the setting decides. */
  type: ExpressionType | undefined
  /** Whether placeholders in its text count. Those in secrets are plain text. */
  isVariable: boolean
  /** Whether the text only stands for one that isn't known. */
  isSample?: boolean
}

/** Finds a variable or secret by the name in a placeholder, such as `esv.my.name`. */
export type EsvLookup = (name: string) => EsvValue | undefined

/** A placeholder without a value. The message names the setting and the variable, and never contains a value. */
export class PlaceholderError extends Error {
  override readonly name = 'PlaceholderError'
  readonly esv: string
  readonly problem: 'missing' | 'circular' | 'type'
  /** The setting that contains it, as a path. */
  readonly setting: string

  constructor(esv: string, problem: PlaceholderError['problem'], what: string, setting = '') {
    super(setting === '' ? `${esv} ${what}` : `setting ${setting}: ${esv} ${what}`)
    this.esv = esv
    this.problem = problem
    this.what = what
    this.setting = setting
  }

  private readonly what: string

  in(setting: string): PlaceholderError {
    return new PlaceholderError(this.esv, this.problem, this.what, setting)
  }
}

/** `&{esv.my.name}` or `&{esv.my.name|default}`; after a backslash, it is plain text. */
const pattern = /(?<escape>\\?)&\{(?<name>[\w.-]+)(?:\|(?<fallback>[^}]*))?\}/g
const whole = /^&\{(?<name>[\w.-]+)(?:\|(?<fallback>[^}]*))?\}$/

/** The only member of an object that stands for a value of a type: `{"$int": "&{esv.port}"}`. */
const typeMembers: Readonly<Record<string, ExpressionType>> = {
  $string: 'string',
  $int: 'int',
  $number: 'number',
  $bool: 'bool',
  $list: 'list',
  $array: 'array',
  $object: 'object',
  '$base64:decode': 'base64encodedinlined',
}

const encodeMember = '$base64:encode'

/** The type that an object asks for; undefined for an object that is plain data. */
function expressionIn(value: JsonObject): { member: string; of: Json } | undefined {
  const [[member, of] = ['', null], ...others] = Object.entries(value)
  const isExpression = others.length === 0 && (Object.hasOwn(typeMembers, member) || member === encodeMember)
  return isExpression && (typeof of === 'string' || (isJsonObject(of) && expressionIn(of) !== undefined))
    ? { member, of }
    : undefined
}

/** Whether a value contains a placeholder or an expression, at any depth. */
export function hasPlaceholder(value: Json): boolean {
  if (typeof value === 'string') return value.includes('&{')
  if (Array.isArray(value)) return value.some(hasPlaceholder)
  if (!isJsonObject(value)) return false
  return expressionIn(value) !== undefined || Object.values(value).some(hasPlaceholder)
}

export type FoundPlaceholder = {
  name: string
  hasDefault: boolean
  /** The type that the setting asks for in an expression. */
  type: ExpressionType | undefined
}

/** All placeholders in a value, at any depth. */
export function placeholdersIn(value: Json, type?: ExpressionType): FoundPlaceholder[] {
  if (typeof value === 'string') {
    return [...value.matchAll(pattern)].flatMap(({ groups = {} }) =>
      groups.escape === '\\'
        ? []
        : [{ name: groups.name ?? '', hasDefault: groups.fallback !== undefined, type }],
    )
  }
  if (Array.isArray(value)) return value.flatMap((each) => placeholdersIn(each))
  if (!isJsonObject(value)) return []
  const expression = expressionIn(value)
  if (expression !== undefined) return placeholdersIn(expression.of, typeMembers[expression.member])
  return Object.values(value).flatMap((each) => placeholdersIn(each))
}

/**
 * A value with its placeholders replaced, at any depth. A text that is one placeholder becomes a value of the variable's type.
 * @throws PlaceholderError for a variable that is missing, refers to itself, or has another type than the setting asks for.
 */
export function resolved(value: Json, lookup: EsvLookup): Json {
  if (typeof value === 'string') return value.includes('&{') ? resolvedText(value, lookup, []) : value
  if (Array.isArray(value)) return value.map((each) => resolved(each, lookup))
  if (!isJsonObject(value)) return value
  const expression = expressionIn(value)
  if (expression === undefined) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, lookup)]))
  }
  return evaluated(expression.member, plainText(expression.of, lookup), expression.of)
}

/** The text inside an expression. A list or object of a variable keeps its JSON. */
function plainText(value: Json, lookup: EsvLookup): string {
  const inner = typeof value === 'string' ? embedded(value, lookup, []) : resolved(value, lookup)
  return typeof inner === 'string' ? inner : JSON.stringify(inner)
}

function evaluated(member: string, text: string, of: Json): Json {
  if (member === encodeMember) return encodedBase64(text)
  const type = typeMembers[member] ?? 'string'
  const value = typedValue(text, type)
  if (value !== undefined) return value
  const [first] = placeholdersIn(of)
  throw new PlaceholderError(first?.name ?? member, 'type', `must be ${expectedOf[type]}`)
}

function resolvedText(text: string, lookup: EsvLookup, path: readonly string[]): Json {
  const { name, fallback } = whole.exec(text)?.groups ?? {}
  if (name === undefined) return embedded(text, lookup, path)
  const found = lookup(name)
  if (found?.type === undefined) return textOf(name, fallback, lookup, path)
  const value = typedValue(textOf(name, fallback, lookup, path), found.type)
  if (value !== undefined) return value
  throw new PlaceholderError(name, 'type', `must be ${expectedOf[found.type]}`)
}

function embedded(text: string, lookup: EsvLookup, path: readonly string[]): string {
  return text.replaceAll(pattern, (match: string, backslash: string, name: string, fallback?: string) =>
    backslash === '\\' ? match.slice(1) : textOf(name, fallback, lookup, path),
  )
}

/** The text of a variable, with those that it refers to. */
function textOf(
  name: string,
  fallback: string | undefined,
  lookup: EsvLookup,
  path: readonly string[],
): string {
  const found = lookup(name)
  if (found === undefined) {
    if (fallback !== undefined) return fallback
    throw new PlaceholderError(name, 'missing', 'is not set')
  }
  if (!found.isVariable || !found.text.includes('&{')) return found.text
  const canonical = name.toLowerCase().replaceAll(/[-_]/g, '.')
  if (path.includes(canonical)) {
    throw new PlaceholderError(name, 'circular', `refers to itself: ${[...path, canonical].join(' → ')}`)
  }
  return embedded(found.text, lookup, [...path, canonical])
}

/** The text of a variable for scripts. @throws PlaceholderError if one that it refers to is missing. */
export function esvText(name: string, lookup: EsvLookup): string {
  return textOf(name, undefined, lookup, [])
}
