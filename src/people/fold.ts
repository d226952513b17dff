/** Folds case for comparisons. Not done in SQL, because the dialects differ beyond ASCII. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
