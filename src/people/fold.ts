/** How names are compared, whatever the case. Done here and not in SQL, whose dialects disagree beyond ASCII. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
