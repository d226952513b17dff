/**
 * A text of unknown origin as people may read it: on one line, without control, format and bidirectional characters, and
 * no longer than so many characters.
 */
export function plainText(text: string, maxLength: number): string {
  const line = text
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim()
  // By characters: half of one would be none.
  return [...line].slice(0, maxLength).join('').trimEnd()
}
