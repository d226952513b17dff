import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { type ExpressionType, encodedBase64, expectedOf, typedValue } from './expression-type.ts'

/** Maximum number of placeholders in the settings of a node or in a document, with those inside variables. */
export const maxPlaceholders = 1000

/** Maximum length that placeholders and expressions can give the settings of a node or a document, in UTF-16 units. */
export const maxResolvedLength = 1_048_576

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

/**
 * Finds stored variables only, for settings that others than administrators can read. A variable of the process may be a secret.
 * @throws PlaceholderError for anything else that exists.
 */
export function storedVariables(lookup: EsvLookup): EsvLookup {
  return (name) => {
    const found = lookup(name)
    if (found === undefined || found.isVariable) return found
    throw new PlaceholderError(name, 'secret', 'is not a stored variable, and others could read it here')
  }
}

/** A placeholder without a value. The message names the setting and the variable, and never contains a value. */
export class PlaceholderError extends Error {
  override readonly name = 'PlaceholderError'
  readonly esv: string
  readonly problem: 'missing' | 'circular' | 'type' | 'size' | 'secret'
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

/** A default ends at the next placeholder at the latest: otherwise, unfinished ones would take quadratic time. */
const placeholder = String.raw`&\{(?<name>[\w.-]+)(?:\|(?<fallback>[^}&]*(?:&(?!\{)[^}&]*)*))?\}`

/** `&{esv.my.name}` or `&{esv.my.name|default}`; after a backslash, it is plain text. */
const pattern = new RegExp(String.raw`(?<escape>\\?)${placeholder}`, 'g')
const whole = new RegExp(`^${placeholder}$`)

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

/** Counts what a resolution reads, so that a small setting can't become one that fills the memory. */
export type Resolution = { readonly lookup: EsvLookup; placeholders: number; length: number }

/** Starts the resolution of everything that counts together: the settings of a node, or a document. */
export function resolution(lookup: EsvLookup): Resolution {
  return { lookup, placeholders: 0, length: 0 }
}

/** Counts a text that becomes part of the result. @throws PlaceholderError above the limit. */
function counted(text: string, name: string, within: Resolution): string {
  within.length += text.length
  // rule S52: otherwise a small setting becomes a text of any length
  if (within.length <= maxResolvedLength) return text
  throw new PlaceholderError(
    name,
    'size',
    `is too long here: placeholders can give a node or document at most ${maxResolvedLength} characters`,
  )
}

function lookedUp(name: string, within: Resolution): EsvValue | undefined {
  within.placeholders += 1
  // rule S52: otherwise a setting has any number of placeholders
  if (within.placeholders <= maxPlaceholders) return within.lookup(name)
  throw new PlaceholderError(
    name,
    'size',
    `is one too many: a node or document can have at most ${maxPlaceholders} placeholders`,
  )
}

/**
 * A value with its placeholders replaced, at any depth. A text that is one placeholder becomes a value of the variable's type.
 * @throws PlaceholderError for a variable that is missing, refers to itself, or has another type than the setting asks for, and
 * for a result that is too large.
 */
export function resolved(value: Json, within: Resolution): Json {
  if (typeof value === 'string') return value.includes('&{') ? resolvedText(value, within) : value
  if (Array.isArray(value)) return value.map((each) => resolved(each, within))
  if (!isJsonObject(value)) return value
  const expression = expressionIn(value)
  if (expression === undefined) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, within)]))
  }
  return evaluated(expression, within)
}

function evaluated({ member, of }: { member: string; of: Json }, within: Resolution): Json {
  const inner = typeof of === 'string' ? embedded(of, within, []) : resolved(of, within)
  // A list or object of a variable keeps its JSON. Expressions in each other grow with every level.
  const text = counted(typeof inner === 'string' ? inner : JSON.stringify(inner), member, within)
  if (member === encodeMember) return encodedBase64(text)
  const type = typeMembers[member] ?? 'string'
  const value = typedValue(text, type)
  if (value !== undefined) return value
  const [first] = placeholdersIn(of)
  throw new PlaceholderError(first?.name ?? member, 'type', `must be ${expectedOf[type]}`)
}

function resolvedText(text: string, within: Resolution): Json {
  const { name, fallback } = whole.exec(text)?.groups ?? {}
  if (name === undefined) return embedded(text, within, [])
  const type = within.lookup(name)?.type
  const inner = textOf(name, fallback, within, [])
  const value = type === undefined ? inner : typedValue(inner, type)
  if (type === undefined || value !== undefined) return value ?? inner
  throw new PlaceholderError(name, 'type', `must be ${expectedOf[type]}`)
}

function embedded(text: string, within: Resolution, path: readonly string[]): string {
  return text.replaceAll(pattern, (match: string, backslash: string, name: string, fallback?: string) =>
    backslash === '\\' ? match.slice(1) : textOf(name, fallback, within, path),
  )
}

/** The text of a variable, with those that it refers to. */
function textOf(
  name: string,
  fallback: string | undefined,
  within: Resolution,
  path: readonly string[],
): string {
  const esv = lookedUp(name, within)
  if (esv === undefined) {
    if (fallback !== undefined) return counted(fallback, name, within)
    throw new PlaceholderError(name, 'missing', 'is not set')
  }
  const text = counted(esv.text, name, within)
  if (!esv.isVariable || !text.includes('&{')) return text
  const canonical = name.toLowerCase().replaceAll(/[-_]/g, '.')
  if (path.includes(canonical)) {
    throw new PlaceholderError(name, 'circular', `refers to itself: ${[...path, canonical].join(' → ')}`)
  }
  return embedded(text, within, [...path, canonical])
}

/** The text of a variable for scripts. @throws PlaceholderError if one that it refers to is missing, or the text is too long. */
export function esvText(name: string, lookup: EsvLookup): string {
  return textOf(name, undefined, resolution(lookup), [])
}
