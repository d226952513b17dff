import { displayNameOf } from './display-name.ts'
import type { Identity } from './identity.ts'
import { type IdentityStore, type SpokenName, spokenNames } from './identity-store.ts'

export type FoundPeople = { people: Identity[] /** Whether there may be others. */; hasMore: boolean }

/** People that one answer holds, and values that the index is asked for to find them. */
const maxFound = 20
const maxCandidates = 200

/** What the search must not reveal more of than the realm shows agents. */
type Searched = { names: readonly SpokenName[]; hasNumbers: boolean }

/**
 * Finds people as they are named on the phone: one word of the text must begin a name or an address as it is stored, the
 * others a word of any. A telephone number must be typed whole. Ordered by name, and answered from indexes alone, so that
 * a desk can search at every key stroke.
 *
 * @param fields the attributes that agents see: no others are searched, or a search would reveal what is hidden.
 */
export async function findPeople(
  store: Pick<IdentityStore, 'beginningWith' | 'byAttribute'>,
  realm: string,
  text: string,
  fields: readonly string[],
): Promise<FoundPeople> {
  const searched = searchedIn(fields)
  const words = text.split(/\s+/).filter((word) => word !== '')
  const digits = searched.hasNumbers ? digitsOf(text) : undefined
  const answers = await Promise.all([
    ...prefixesOf(text.trim(), words).map((prefix) =>
      store.beginningWith(realm, prefix, maxCandidates, searched.names),
    ),
    ...spellingsOf(text.trim(), digits).map((number) =>
      store.byAttribute(realm, 'telephoneNumber', number, maxCandidates),
    ),
  ])
  const candidates = new Map(answers.flat().map((identity) => [identity.id, identity]))
  const people = [...candidates.values()]
    .filter((identity) => identity.kind === 'user')
    .filter((identity) => isMeant(identity, words, searched.names) || hasNumber(identity, digits))
    .toSorted((one, other) => displayNameOf(one).localeCompare(displayNameOf(other), 'en'))
  const isCut = answers.some((answer) => answer.length >= maxCandidates)
  return { people: people.slice(0, maxFound), hasMore: isCut || people.length > maxFound }
}

function searchedIn(fields: readonly string[]): Searched {
  return {
    names: spokenNames.filter((name) => fields.includes(name)),
    hasNumbers: fields.includes('telephoneNumber'),
  }
}

/** The whole text, and its longest word. */
function prefixesOf(text: string, words: readonly string[]): string[] {
  const longest = words.toSorted((one, other) => other.length - one.length)[0] ?? text
  return [...new Set([text, longest])]
}

/** How a number may be stored that was typed so. */
function spellingsOf(text: string, digits: string | undefined): string[] {
  return digits === undefined ? [] : [...new Set([text, digits, `+${digits}`])]
}

function isMeant(identity: Identity, words: readonly string[], names: readonly SpokenName[]): boolean {
  const held = wordsOf(identity, names)
  return words.map(fold).every((word) => held.some((other) => other.startsWith(word)))
}

/** Names as they are, and each word of them. */
function wordsOf({ userName, attributes }: Identity, names: readonly SpokenName[]): string[] {
  const texts = names
    .flatMap((name) => (name === 'userName' ? [userName] : [attributes[name]].flat()))
    .filter((value) => typeof value === 'string')
    .map(fold)
  return [...texts, ...texts.flatMap((value) => value.split(/[\s@._'-]+/))]
}

/** Undefined for a text that is not a number: four digits or more, and punctuation. */
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
