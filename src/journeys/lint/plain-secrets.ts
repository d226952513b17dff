import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import { maxSourceLength } from '../../engine/source-length.ts'

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
  let [line, from] = [1, 0]
  return [...source.slice(0, maxSourceLength).matchAll(assigned)]
    .filter(([, name = '', , text = '']) => isSecretSetting(name) && isLiteral(text) && !isWord(text))
    .map(({ 1: name = '', index }) => {
      // Counted from the last match, so that a long script takes no time from others.
      line += source.slice(from, index).split('\n').length - 1
      from = index
      return { name, line }
    })
}

/** Placeholders, sealed values and texts with spaces are not secrets. */
function isLiteral(text: string): boolean {
  return text.length >= 4 && !/[\s<>]|^[&$]?\{|^esv[.-]|^\*+$|^sealed:v\d/i.test(text)
}

/** Names of attributes and state keys. */
function isWord(text: string): boolean {
  return /^[a-z]+(?:[A-Z][a-z]+|[._-][a-z]+)*$|^[A-Z][a-z]+$|^[A-Z_]+$/.test(text)
}
