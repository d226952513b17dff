import type { Person } from '../../api/help-desk.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { t } from '../../translate/translate.ts'

/** The name of a person; without one, their username or email address. */
export function fullName({ givenName, sn, userName, mail }: Person): string {
  const whole = [givenName, sn].filter((name) => name !== undefined && name !== '').join(' ')
  return plainText(whole || userName || mail || t('Unnamed person'))
}

/** Guesses the first name from the full name if there is no person. */
export function firstName(person: Person | undefined, name: string): string {
  return plainText(person?.givenName ?? '') || (name.split(' ')[0] ?? name)
}

/** At most two letters. */
export function initials(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter((word) => word !== '')
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('')
}
