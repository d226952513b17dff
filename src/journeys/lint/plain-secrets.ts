import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { maxSourceLength } from './linted-realm.ts'

const secretName = /(?:password|passphrase|secret|api_?key|private_?key|access_?token)$/i

/** Matches `name = "text"` and `name: "text"`, with or without quotes around the name. */
const assignment =
  /(?<![\w$-])([\w$-]{0,60}?(?:password|passphrase|secret|api_?key|private_?key|access_?token))["']?\s*[:=]\s*(["'])((?:(?!\2)[^\\\n]|\\.)*)\2/gi

/** Names of settings, at any depth, that contain a literal secret. */
export function secretSettings(config: JsonObject): string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    if (isJsonObject(value)) return secretSettings(value)
    return secretName.test(name) && typeof value === 'string' && isLiteral(value) ? [name] : []
  })
}

/** Places where a script sets a variable with a secret name to a literal text. Comments count, too. */
export function secretsIn(source: string): { name: string; line: number }[] {
  return [...source.slice(0, maxSourceLength).matchAll(assignment)]
    .filter(([, , , text = '']) => isLiteral(text) && !isWord(text))
    .map(({ 1: name = '', index }) => ({ name, line: source.slice(0, index).split('\n').length }))
}

/** Placeholders, sealed values and texts with spaces are not secrets. */
function isLiteral(text: string): boolean {
  return text.length >= 4 && !/[\s<>]|^[&$]?\{|^esv[.-]|^\*+$|^sealed:v\d/i.test(text)
}

/** Names of attributes and state keys. */
function isWord(text: string): boolean {
  return /^[a-z]+(?:[A-Z][a-z]+|[._-][a-z]+)*$|^[A-Z][a-z]+$|^[A-Z_]+$/.test(text)
}
