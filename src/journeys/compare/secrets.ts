import { isJsonObject, type Json } from '../../engine/json.ts'

const names =
  'pass(?:word|phrase|wd)|secret|credentials?|(?:api|private|shared|signing|secret|encryption|subscription)[-_]?key|token|authorization|cookie'

/** Names of settings and members whose values are not shown. `passwordLength` is not one of them. */
const secretName = new RegExp(`(?:${names})$`, 'i')

/** Texts whose form marks them as secrets: tokens, sealed values, keys, and links that carry one. */
const secretForm =
  /\beyJ[\w-]{5,}\.[\w-]+\.|\b(?:Bearer|Basic)\s+\S|sealed:v\d|-----BEGIN|https?:\/\/[^\s"']*(?:@|[?&#](?:[^\s"'=&]*(?:code|token|key|secret|password|sig))=)/i

const longWord = /[\w+/=-]{40,}/g

/** Matches `name = "text"`, `name: "text"` and `"name", "text"`, also for a text that continues on the next line. */
const assignment = new RegExp(
  String.raw`((?:${names})["'\]]*\s*[:=+!,]{1,3}\s*)(["'\x60])(?:(?!\2)[^\\\n]|\\.)*(\2?)`,
  'gi',
)

const mask = '••••••'

/** @param name the name of a member, or the title of a setting */
export function isSecretName(name: string): boolean {
  return secretName.test(name.replaceAll(' ', ''))
}

/** Whether a value contains a secret, by its form or by the names of its members. */
export function holdsSecret(value: Json | undefined): boolean {
  if (typeof value === 'string') return hasSecretForm(value)
  if (Array.isArray(value)) return value.some(holdsSecret)
  if (!isJsonObject(value)) return false
  return Object.entries(value).some(([name, member]) => isSecretName(name) || holdsSecret(member))
}

/** A line of a unified diff with its secrets masked. */
export function maskedSecretsIn(line: string): string {
  const masked = line.replace(
    assignment,
    (_all, before: string, quote: string, end: string) => `${before}${quote}${mask}${end}`,
  )
  return hasSecretForm(masked) ? `${line.slice(0, 1)}${mask}` : masked
}

function hasSecretForm(text: string): boolean {
  if (secretForm.test(text)) return true
  // Long random strings. Separators such as `-----` and long identifiers have no digit.
  return [...text.matchAll(longWord)].some(([word]) => /\d/.test(word) && /[a-z]/i.test(word))
}
