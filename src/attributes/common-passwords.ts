import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../base/json.ts'

/** Minimum number of characters apart from words about the person or the organisation. */
const ownCharacters = 8

/** Shorter words are ignored, because too many passwords contain them. */
const shortestWord = 4

let known: ReadonlySet<string> | undefined

/**
 * Whether attackers would try a password early: one of the 10,000 most common, repeated or not, or little more than words
 * about the person and the organisation. Ignores case and Unicode compatibility forms.
 */
export function isCommonPassword(password: string, contextWords: readonly string[]): boolean {
  const plain = normal(password)
  // rule S24: otherwise the passwords that attackers try first are allowed
  if (commonPasswords().has(unitOf(plain))) return true
  return isOneCharacter(plain) || hasLittleElse(plain, contextWords)
}

/** Whether a password is too weak as the only factor of an administrator. Source: NIST SP 800-63B-4, 3.1.1.2. */
export function isWeakAlone(password: string): boolean {
  return [...password].length < 15 || isCommonPassword(password, ['amadmin', 'sidegate'])
}

/** Words about a person that attackers know: the username, the email address and their parts. */
export function wordsAbout({ userName, mail }: JsonObject): string[] {
  return [userName, mail].flatMap((value) =>
    typeof value === 'string' ? [value, ...value.split(/[^\p{L}\p{N}]+/u)] : [],
  )
}

function hasLittleElse(plain: string, contextWords: readonly string[]): boolean {
  const words = contextWords
    .flatMap((word) => [word, ...word.split(/\s+/)])
    .map(normal)
    .filter((word) => word.length >= shortestWord)
    .toSorted((one, other) => other.length - one.length)
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), plain)
  // rule S24: otherwise the name of the organisation with a number is a password
  return rest !== plain && rest.length < ownCharacters
}

function isOneCharacter(plain: string): boolean {
  return plain !== '' && new Set(plain).size === 1
}

/** The shortest text that makes the whole when repeated. */
function unitOf(text: string): string {
  const length = text.length < 2 ? text.length : (text + text).indexOf(text, 1)
  return text.slice(0, length)
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function commonPasswords(): ReadonlySet<string> {
  known ??= new Set(
    readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
  )
  return known
}
