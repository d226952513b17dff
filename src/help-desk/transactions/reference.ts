import { randomInt } from 'node:crypto'

/** No vowels, so that no words appear, and no characters that look alike: 0 O, 1 I L, 5 S, 8 B. */
const alphabet = '234679CDFGHJKMNPQRTVWXZ'

/** A random name for a transaction that people can read out. There are 78 billion. */
export function newReference(): string {
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** Parses a reference as people type it, with lower case, blanks and hyphens, or paste it, with marks of the writing direction. */
export function readReference(text: string): string {
  return text.replace(/[\s\p{Cf}-]/gu, '').toUpperCase()
}
