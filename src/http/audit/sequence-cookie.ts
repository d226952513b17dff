import { badRequest } from '../../base/errors.ts'

/** The cookie of a page that ends at a row of the audit book. */
export function cookieOf(sequence: number): string {
  return Buffer.from(`row:${sequence}`).toString('base64url')
}

/** @returns undefined for the first page. @throws RequestError 400 for anything but a cookie. */
export function sequenceOf(cookie: string | null): number | undefined {
  if (cookie === null || cookie === '') return undefined
  const [, sequence] = /^row:(\d{1,15})$/.exec(Buffer.from(cookie, 'base64url').toString()) ?? []
  if (sequence === undefined) throw badRequest('The query parameter _pagedResultsCookie is invalid')
  return Number(sequence)
}
