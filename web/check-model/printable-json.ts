/**
 * Formats untrusted JSON for display. Escapes invisible and bidirectional characters.
 * @param isOnOneLine leaves out line breaks and indentation.
 */
export function printableJson(value: unknown, isOnOneLine = false): string {
  const indented = JSON.stringify(value, null, 2) ?? 'undefined'
  // Strings in JSON have no raw line ends, so these are all indentation.
  const text = isOnOneLine ? indented.replace(/\n\s*/g, ' ') : indented
  return text.replace(/[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u007f-\u009f]/gu, escaped)
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, place) => character.charCodeAt(place))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
