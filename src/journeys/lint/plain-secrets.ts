import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { maxSourceLength } from './linted-realm.ts'

const secretName = /(?:password|passphrase|secret|api_?key|private_?key|access_?token)$/i

/** `name = "text"` and `name: "text"`, the name quoted or not. */
const assignment =
  /(?<![\w$-])([\w$-]{0,60}?(?:password|passphrase|secret|api_?key|private_?key|access_?token))["']?\s*[:=]\s*(["'])((?:(?!\2)[^\\\n]|\\.)*)\2/gi

/** Names of settings, at any depth, that hold a literal secret. */
export function secretSettings(config: JsonObject): string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    if (isJsonObject(value)) return secretSettings(value)
    return secretName.test(name) && typeof value === 'string' && isLiteral(value) ? [name] : []
  })
}

/** Where a script sets something that is called like a secret to a text that looks like one. Comments count too. */
export function secretsIn(source: string): { name: string; line: number }[] {
  return [...source.slice(0, maxSourceLength).matchAll(assignment)]
    .filter(([, , , text = '']) => isLiteral(text) && !isWord(text))
    .map(({ 1: name = '', index }) => ({ name, line: source.slice(0, index).split('\n').length }))
}

/** Environment secrets, other placeholders and what is sealed are no secrets themselves, nor is a text with spaces. */
function isLiteral(text: string): boolean {
  return text.length >= 4 && !/[\s<>]|^[&$]?\{|^esv[.-]|^\*+$|^sealed:v\d/i.test(text)
}

/** Names of attributes and state keys: letters alone, in words. */
function isWord(text: string): boolean {
  return /^[a-z]+(?:[A-Z][a-z]+|[._-][a-z]+)*$|^[A-Z][a-z]+$|^[A-Z_]+$/.test(text)
}
