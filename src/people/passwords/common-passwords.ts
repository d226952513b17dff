import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../engine/json.ts'

/** Fewer characters of their own don't make a password of words that everybody knows about the person. */
const ownCharacters = 8

/** Shorter words are part of too many passwords. */
const shortestWord = 4

let known: ReadonlySet<string> | undefined

/**
 * Whether attackers try a password first: one of the 10,000 most common, repeated or not, or little more than words
 * about the person and the organisation. Case and spelling of the same characters in Unicode make no difference.
 */
export function isCommonPassword(password: string, contextWords: readonly string[]): boolean {
  const plain = normal(password)
  if (commonPasswords().has(unitOf(plain))) return true
  return isOneCharacter(plain) || hasLittleElse(plain, contextWords)
}

/** Whether a password is too weak to be the only factor of an administrator. Source: NIST SP 800-63B-4, 3.1.1.2. */
export function isWeakAlone(password: string): boolean {
  return [...password].length < 15 || isCommonPassword(password, ['amadmin', 'sidegate'])
}

/** Words about a person that others know: the user name, and the parts of the mail address. */
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
  return rest !== plain && rest.length < ownCharacters
}

function isOneCharacter(plain: string): boolean {
  return plain !== '' && new Set(plain).size === 1
}

/** The shortest text of which the whole is a repetition. */
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
