import { displayNameOf } from './display-name.ts'
import type { Identity } from './identity.ts'
import { type IdentityStore, spokenAttributes } from './identity-store.ts'

export type FoundPeople = { people: Identity[] /** Whether there may be others. */; hasMore: boolean }

/** People that one answer holds, and values that the index is asked for to find them. */
const maxFound = 20
const maxCandidates = 200

/**
 * Finds people as somebody on the phone names them: one word of the text must begin a name, an address or a number as it
 * is stored, the others a word of any. By index alone, so that every key stroke may ask. By name.
 */
export async function findPeople(
  store: Pick<IdentityStore, 'beginningWith'>,
  realm: string,
  text: string,
): Promise<FoundPeople> {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const answers = await Promise.all(
    prefixesOf(text.trim(), words).map((prefix) => store.beginningWith(realm, prefix, maxCandidates)),
  )
  const candidates = new Map(answers.flat().map((identity) => [identity.id, identity]))
  const digits = digitsOf(text)
  const people = [...candidates.values()]
    .filter((identity) => identity.kind === 'user')
    .filter((identity) => isMeant(identity, words) || hasNumber(identity, digits))
    .toSorted((one, other) => displayNameOf(one).localeCompare(displayNameOf(other), 'en'))
  const isCut = answers.some((answer) => answer.length >= maxCandidates)
  return { people: people.slice(0, maxFound), hasMore: isCut || people.length > maxFound }
}

/** The whole text, its longest word, and the number that it may be without its punctuation. */
function prefixesOf(text: string, words: readonly string[]): string[] {
  const longest = words.toSorted((one, other) => other.length - one.length)[0] ?? text
  const digits = digitsOf(text)
  return [...new Set([text, longest, ...(digits === undefined ? [] : [digits, `+${digits}`])])]
}

function isMeant(identity: Identity, words: readonly string[]): boolean {
  const held = wordsOf(identity)
  return words.map(fold).every((word) => held.some((other) => other.startsWith(word)))
}

/** Names and numbers as they are, and each word of them. */
function wordsOf({ userName, attributes }: Identity): string[] {
  const texts = [userName, ...spokenAttributes.flatMap((name) => [attributes[name]].flat())]
    .filter((value) => typeof value === 'string')
    .map(fold)
  return [...texts, ...texts.flatMap((value) => value.split(/[\s@._'-]+/))]
}

/** Undefined when it is no number: four digits and what stands between them. */
function digitsOf(text: string): string | undefined {
  const digits = text.replace(/\D/g, '')
  return /^[\d\s+()./-]+$/.test(text) && digits.length >= 4 ? digits : undefined
}

function hasNumber({ attributes: { telephoneNumber } }: Identity, digits: string | undefined): boolean {
  if (digits === undefined) return false
  return [telephoneNumber]
    .flat()
    .some((value) => typeof value === 'string' && value.replace(/\D/g, '').startsWith(digits))
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
