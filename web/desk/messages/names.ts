import type { Person } from '../../api/help-desk.ts'
import { plainText } from '../../check-model/plain-text.ts'

/** The whole name of a person, or the best there is. */
export function nameOf({ givenName, sn, userName, mail }: Person): string {
  const whole = [givenName, sn].filter((name) => name !== undefined && name !== '').join(' ')
  return plainText(whole || userName || mail || 'Somebody without a name')
}

/** The name that people say; the whole one where only that is known and cannot be told apart. */
export function firstNameOf(person: Person | undefined, name: string): string {
  return plainText(person?.givenName ?? '') || (name.split(' ')[0] ?? name)
}

/** Two letters at most, for a tile. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter((word) => word !== '')
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('')
}
