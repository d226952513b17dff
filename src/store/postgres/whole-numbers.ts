import { types } from 'pg'

const int8 = 20

/** Reads 64-bit integers as numbers, and all other types as usual. */
export const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === int8 ? wholeNumber : types.getTypeParser(oid, format)

/** Times and counts are safe integers, so a larger number is an error. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('The database returned an integer that is too large')
  return value
}
