import type { JsonObject } from '../../engine/json.ts'
import { maxSourceLength } from './linted-realm.ts'

const states = '(?:nodeState|sharedState|transientState)'
const literal = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
const property = String.raw`properties\s*(?:\.\s*(\w+)|\[\s*(?:"|')(\w+)(?:"|')\s*\])`

const use = new RegExp(
  String.raw`\b${states}\b(\s*\.\s*(\w+)\s*\(\s*(${literal}|${property}|\w+)?\s*(.?))?`,
  'g',
)
const stateName = new RegExp(states)
/** What is not closed goes to the end: a search must not begin again at each character of it. */
const commentOrText =
  /\/\*.*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*["\n]?|'(?:[^'\\\n]|\\.)*['\n]?|`(?:[^`\\]|\\.)*`?/gs
const readers = new Set(['get', 'getObject', 'isDefined', 'keys', 'remove'])
const writers = new Set(['put', 'putShared', 'putTransient'])

/**
 * Whether a script may write a state key, as far as reading its text can tell: keys given as literals, as settings of
 * the node, or as variables that hold one of these. Whatever else it does with state may write anything.
 */
export function scriptMayWrite(text: string, key: string, properties: JsonObject): boolean {
  if (text.length > maxSourceLength) return true
  const source = codeOf(text)
  for (const [, call, method = '', argument = '', , , next = ''] of source.matchAll(use)) {
    if (call === undefined) return true
    if (readers.has(method)) continue
    if (!writers.has(method) || next !== ',') return true
    const written = textOf(argument, source, properties)
    if (written === undefined || written === key) return true
  }
  return false
}

/** Comments and texts may speak of state too. */
function codeOf(text: string): string {
  return text.replaceAll(commentOrText, (found) => {
    if (found.startsWith('/')) return ' '
    return stateName.test(found) ? '""' : found
  })
}

/** What an expression stands for; undefined when that cannot be told. */
function textOf(expression: string, source: string, properties: JsonObject): string | undefined {
  if (/^["']/.test(expression)) return expression.slice(1, -1)
  const [, dotted, quoted] = new RegExp(`^${property}$`).exec(expression) ?? []
  const setting = properties[dotted ?? quoted ?? '']
  if (setting !== undefined) return typeof setting === 'string' ? setting : undefined
  return /^\w+$/.test(expression) ? variableIn(expression, source, properties) : undefined
}

/** What a variable holds that is set once, where it is declared. */
function variableIn(name: string, source: string, properties: JsonObject): string | undefined {
  const settings = [...source.matchAll(new RegExp(String.raw`(?<![\w.$])${name}\s*=(?!=)`, 'g'))]
  const declared = new RegExp(
    String.raw`\b(?:var|let|const)\s+${name}\s*=\s*(${literal}|${property})\s*[;\n]`,
  )
  const [, value] = declared.exec(source) ?? []
  if (settings.length !== 1 || value === undefined || value === name) return undefined
  return textOf(value, source, properties)
}
