/** Longest text of a caller's journey that a desk shows, in characters. */
const maxLength = 200

/**
 * A text that a stranger's journey sent, as an agent may read it: on one line, without control, format and
 * bidirectional characters, and not too long.
 */
export function plainText(text: string): string {
  const line = text
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim()
  const characters = Array.from(line)
  return characters.length <= maxLength
    ? line
    : `${characters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd()}…`
}
