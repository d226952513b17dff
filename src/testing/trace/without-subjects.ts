import type { KnownWords } from './known-words.ts'

/** Words around addresses and subjects in differences. */
export const wordsOfDifferences = 'one to mail subject none'

/**
 * A difference about emails, with only the known words and the addresses. A subject can contain quotes and be cut, so that its end can't
 * be found.
 */
export function withoutSubjects(text: string, addresses: readonly string[], words: KnownWords): string {
  const [address, ...others] = addresses
  if (address === undefined) return words.only(text)
  if (address === '') return withoutSubjects(text, others, words)
  const parts = text.split(address)
  return parts.map((part) => withoutSubjects(part, others, words)).join(address)
}
