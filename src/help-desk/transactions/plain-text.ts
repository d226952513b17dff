/**
 * Makes an untrusted text safe to show: a single line without control, format or bidirectional characters, at most `maxLength`
 * long.
 */
export function plainText(text: string, maxLength: number): string {
  const line = text
    // rule H17: otherwise the other side of a call writes several lines
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    // rule H17: otherwise callers can reverse texts on the agent's screen
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim()
  // Counts code points, so that no surrogate pair is split.
  // rule H17: otherwise the other side of a call writes pages of text
  return [...line].slice(0, maxLength).join('').trimEnd()
}
