import { isJsonObject, type Json } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'

/** Texts whose form marks them as secrets: tokens, sealed values, keys, and links that carry one. */
const secretForm =
  /\beyJ[\w-]{5,}\.[\w-]+\.|\b(?:Bearer|Basic)\s+\S|sealed:v\d|-----BEGIN|https?:\/\/[^\s"']*(?:@|[?&#](?:[^\s"'=&]*(?:code|token|key|secret|password|sig))=)/i

const longWord = /[\w+/=-]{40,}/g

/**
 * Matches the name in `name = "text"`, `name: "text"` and `"name", "text"`, and finds the text, which may continue on the next
 * line. Only the name is consumed, because the text may have names of its own.
 */
const assigned = /([\w$-]{1,60})(?=(["'\]]*\s*[:=+!,]{1,3}\s*(["'`]))((?:(?!\3)[^\\\n]|\\.)*))/g

const mask = '••••••'

/** Whether a value contains a secret, by its form or by the names of its members. */
export function holdsSecret(value: Json | undefined): boolean {
  if (typeof value === 'string') return hasSecretForm(value)
  if (Array.isArray(value)) return value.some(holdsSecret)
  if (!isJsonObject(value)) return false
  return Object.entries(value).some(([name, member]) => isSecretSetting(name) || holdsSecret(member))
}

/** A line of a unified diff with its secrets masked. */
export function maskedSecretsIn(line: string): string {
  const masked = maskedAssignments(line)
  return hasSecretForm(masked) ? `${line.slice(0, 1)}${mask}` : masked
}

function maskedAssignments(line: string): string {
  let masked = ''
  let from = 0
  for (const { 1: name = '', 2: before = '', 4: text = '', index } of line.matchAll(assigned)) {
    const start = index + name.length + before.length
    if (start < from || !isSecretSetting(name)) continue
    masked += line.slice(from, start) + mask
    from = start + text.length
  }
  return masked + line.slice(from)
}

function hasSecretForm(text: string): boolean {
  if (secretForm.test(text)) return true
  // Long random strings. Separators such as `-----` and long identifiers have no digit.
  return [...text.matchAll(longWord)].some(([word]) => /\d/.test(word) && /[a-z]/i.test(word))
}
