import { randomInt } from 'node:crypto'

/** Without vowels, so that no words come of it, and without characters that are taken for another: 0 O, 1 I L, 5 S, 8 B. */
const alphabet = '234679CDFGHJKMNPQRTVWXZ'

/** A name for a transaction that people can read out. One in 78 billion; not derived from anything. */
export function newReference(): string {
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** As people write it: in small letters, with blanks and hyphens. */
export function readReference(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase()
}
