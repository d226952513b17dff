/** In characters. */
const maxLength = 200

/**
 * Makes an untrusted text safe to display: one line, without control, format and bidirectional characters, and limited
 * in length.
 */
export function plainText(text: string): string {
  const line = text
    // rule H17: otherwise a caller's journey writes several lines on the desk
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    // rule H17: otherwise a caller's journey can reverse texts at the desk
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim()
  const characters = Array.from(line)
  // rule H17: otherwise a caller's journey writes pages of text on the desk
  return characters.length <= maxLength
    ? line
    : `${characters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd()}…`
}
