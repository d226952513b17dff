import type { JsonObject } from '../../base/json.ts'
import { maxSourceLength } from '../../engine/source-length.ts'

const states = '(?:nodeState|sharedState|transientState)'
const literal = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
const property = String.raw`properties\s*(?:\.\s*(\w+)|\[\s*(?:"|')(\w+)(?:"|')\s*\])`

const use = new RegExp(
  String.raw`\b${states}\b(\s*\.\s*(\w+)\s*\(\s*(${literal}|${property}|\w+)?\s*(.?))?`,
  'g',
)
const stateName = new RegExp(states)
/** Unclosed comments and texts extend to the end, which keeps the search linear. */
const commentOrText =
  /\/\*.*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*["\n]?|'(?:[^'\\\n]|\\.)*['\n]?|`(?:[^`\\]|\\.)*`?/gs
const readers = new Set(['get', 'getObject', 'isDefined', 'keys', 'remove'])
const writers = new Set(['put', 'putShared', 'putTransient'])

/**
 * Whether a script may write a state key, judged by its source: the key can be a literal, a setting of the node, or a
 * variable with one of these. Any other use of state may write every key.
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

/** Removes comments and texts, which can mention state, too. */
function codeOf(text: string): string {
  return text.replaceAll(commentOrText, (found) => {
    if (found.startsWith('/')) return ' '
    return stateName.test(found) ? '""' : found
  })
}

/** The text value of an expression; undefined if unknown. */
function textOf(expression: string, source: string, properties: JsonObject): string | undefined {
  if (/^["']/.test(expression)) return expression.slice(1, -1)
  const [, dotted, quoted] = new RegExp(`^${property}$`).exec(expression) ?? []
  const setting = properties[dotted ?? quoted ?? '']
  if (setting !== undefined) return typeof setting === 'string' ? setting : undefined
  return /^\w+$/.test(expression) ? variableIn(expression, source, properties) : undefined
}

/** The value of a variable that is set only in its declaration. */
function variableIn(name: string, source: string, properties: JsonObject): string | undefined {
  const settings = [...source.matchAll(new RegExp(String.raw`(?<![\w.$])${name}\s*=(?!=)`, 'g'))]
  const declared = new RegExp(
    String.raw`\b(?:var|let|const)\s+${name}\s*=\s*(${literal}|${property})\s*[;\n]`,
  )
  const [, value] = declared.exec(source) ?? []
  if (settings.length !== 1 || value === undefined || value === name) return undefined
  return textOf(value, source, properties)
}
