import { parsed } from './parsed.ts'

/** What would reorder, hide or ring something. Line ends stay. */
const unseen = /[\p{Bidi_Control}]|(?!\n)\p{Cc}/gu

/** A foreign text without control characters and marks of direction, cut to a length. */
export function plain(text: string, length = Number.POSITIVE_INFINITY): string {
  const clean = text.replace(unseen, '').trim()
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).trimEnd()}…`
}

/** Whether a text of a journey is meant as HTML: it has a tag or a character reference. */
export function isHtml(text: string): boolean {
  return /<\/?[a-z][^<>]*>|&(#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8});/i.test(text)
}

/** The words of an HTML text, for places that take no elements. */
export function withoutTags(text: string): string {
  if (!isHtml(text)) return plain(text)
  return plain(parsed(text).textContent ?? '')
}
