/** Folds case for comparisons. Not done in SQL, because the dialects differ beyond ASCII. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/**
 * Characters without a shape of their own: controls, format characters, unassigned and private ones, those that Unicode lets
 * programs ignore, and the blank of Braille.
 */
const invisible = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** For comparisons of what people read: case, width, spaces and invisible characters don't matter. */
export function normalized(text: string): string {
  return fold(text.normalize('NFKC').replace(/\s+/g, ' ').replace(invisible, '')).replace(/ +/g, ' ').trim()
}
