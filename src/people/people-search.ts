import { displayNameOf } from './display-name.ts'
import type { Identity } from './identity.ts'
import { type IdentityStore, type PrefixSearchAttribute, prefixSearchAttributes } from './identity-store.ts'

export type FoundPeople = { people: Identity[] /** Whether there may be others. */; hasMore: boolean }

/** Maximum people in a result, and maximum candidates per index read. */
const maxFound = 20
const maxCandidates = 200

/** The attributes that a search may use. */
type Searched = { names: readonly PrefixSearchAttribute[]; hasNumbers: boolean }

/**
 * Finds people by what a caller says on the phone. The text or its longest word must begin a name or email address; every
 * word must begin a word of one. A telephone number must be complete. Results are ordered by name. Only indexes are read,
 * so that a help desk can search at every keystroke.
 *
 * @param fields the attributes that agents see. Searching others would reveal hidden values.
 */
export async function findPeople(
  store: Pick<IdentityStore, 'byNamePrefix' | 'byAttribute'>,
  realm: string,
  text: string,
  fields: readonly string[],
): Promise<FoundPeople> {
  const searched = searchedIn(fields)
  const words = text.split(/\s+/).filter((word) => word !== '')
  const digits = searched.hasNumbers ? digitsOf(text) : undefined
  const answers = await Promise.all([
    ...prefixesOf(text.trim(), words).map((prefix) =>
      store.byNamePrefix(realm, prefix, maxCandidates, searched.names),
    ),
    ...spellingsOf(text.trim(), digits).map((number) =>
      store.byAttribute(realm, 'telephoneNumber', number, maxCandidates),
    ),
  ])
  const candidates = new Map(answers.flat().map((identity) => [identity.id, identity]))
  const people = [...candidates.values()]
    .filter((identity) => identity.kind === 'user')
    .filter((identity) => matchesWords(identity, words, searched.names) || hasNumber(identity, digits))
    .toSorted((one, other) => displayNameOf(one).localeCompare(displayNameOf(other), 'en'))
  const isCut = answers.some((answer) => answer.length >= maxCandidates)
  return { people: people.slice(0, maxFound), hasMore: isCut || people.length > maxFound }
}

function searchedIn(fields: readonly string[]): Searched {
  return {
    // rule S18: otherwise the search uses names that the realm does not show
    names: prefixSearchAttributes.filter((name) => fields.includes(name)),
    // rule S18: otherwise the search uses numbers that the realm does not show
    hasNumbers: fields.includes('telephoneNumber'),
  }
}

/** The whole text, and its longest word. */
function prefixesOf(text: string, words: readonly string[]): string[] {
  const longest = words.toSorted((one, other) => other.length - one.length)[0] ?? text
  return [...new Set([text, longest])]
}

/** The forms in which a typed number may be stored. */
function spellingsOf(text: string, digits: string | undefined): string[] {
  return digits === undefined ? [] : [...new Set([text, digits, `+${digits}`])]
}

function matchesWords(
  identity: Identity,
  words: readonly string[],
  names: readonly PrefixSearchAttribute[],
): boolean {
  const nameWords = wordsOf(identity, names)
  return words.map(fold).every((word) => nameWords.some((other) => other.startsWith(word)))
}

/** Whole names and each of their words. */
function wordsOf({ userName, attributes }: Identity, names: readonly PrefixSearchAttribute[]): string[] {
  const texts = names
    .flatMap((name) => (name === 'userName' ? [userName] : [attributes[name]].flat()))
    .filter((value) => typeof value === 'string')
    .map(fold)
  return [...texts, ...texts.flatMap((value) => value.split(/[\s@._'-]+/))]
}

/** The digits of a telephone number (at least four digits, and punctuation); undefined for any other text. */
function digitsOf(text: string): string | undefined {
  const digits = text.replace(/\D/g, '')
  return /^[\d\s+()./-]+$/.test(text) && digits.length >= 4 ? digits : undefined
}

function hasNumber({ attributes: { telephoneNumber } }: Identity, digits: string | undefined): boolean {
  if (digits === undefined) return false
  return [telephoneNumber]
    .flat()
    .some((value) => typeof value === 'string' && value.replace(/\D/g, '') === digits)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
