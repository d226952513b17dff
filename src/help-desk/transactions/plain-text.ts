/**
 * Makes an untrusted text safe to show: a single line without control, format or bidirectional characters, at most `maxLength`
 * long.
 */
export function plainText(text: string, maxLength: number): string {
  const line = text
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim()
  // Counts code points, so that no surrogate pair is split.
  return [...line].slice(0, maxLength).join('').trimEnd()
}
