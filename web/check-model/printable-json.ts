/**
 * JSON that a stranger's journey made, as people may read it: what would not be seen, or would turn the text around, is
 * written as an escape.
 * @param isOnOneLine without line breaks and indentation.
 */
export function printableJson(value: unknown, isOnOneLine = false): string {
  const indented = JSON.stringify(value, null, 2) ?? 'undefined'
  // Texts in JSON have no raw line ends: these are ours.
  const text = isOnOneLine ? indented.replace(/\n\s*/g, ' ') : indented
  return text.replace(/[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u007f-\u009f]/gu, escaped)
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, place) => character.charCodeAt(place))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
