import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import { maxSourceLength } from './linted-realm.ts'

/** Matches the name in `name = "text"` and `name: "text"`, with or without quotes around it, and finds the text. */
const assigned = /(?<![\w$-])([\w$-]{1,80})(?=["']?\s*[:=]\s*(["'])((?:(?!\2)[^\\\n]|\\.)*)\2)/g

/** Names of settings, at any depth, that contain a literal secret. */
export function secretSettings(config: JsonObject): string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    if (isJsonObject(value)) return secretSettings(value)
    return isSecretSetting(name) && typeof value === 'string' && isLiteral(value) ? [name] : []
  })
}

/** Places where a script sets a variable with a secret name to a literal text. Comments count, too. */
export function secretsIn(source: string): { name: string; line: number }[] {
  return [...source.slice(0, maxSourceLength).matchAll(assigned)]
    .filter(([, name = '', , text = '']) => isSecretSetting(name) && isLiteral(text) && !isWord(text))
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
