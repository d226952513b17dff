import { types } from 'pg'

const int8 = 20

/** Reads what the database answers: whole numbers of 64 bits as numbers, everything else as usual. */
export const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === int8 ? wholeNumber : types.getTypeParser(oid, format)

/** Times and counts are far from where numbers lose their last digits; what is not is no value of ours. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('a whole number of the database is too large')
  return value
}
