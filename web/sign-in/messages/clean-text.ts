import { parseInertHtml } from './inert-html.ts'

/** Bidirectional and control characters, except line feeds. */
const unwanted = /[\p{Bidi_Control}]|(?!\n)\p{Cc}/gu

/** Removes control and bidirectional characters from an untrusted text, and limits its length. */
export function cleanText(text: string, length = Number.POSITIVE_INFINITY): string {
  const clean = text.replace(unwanted, '').trim()
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).trimEnd()}…`
}

/** Whether a journey's text is HTML: it contains a tag or a character reference. */
export function isHtml(text: string): boolean {
  return /<\/?[a-z][^<>]*>|&(#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8});/i.test(text)
}

/** The text content of HTML, for places that take no elements. */
export function withoutTags(text: string): string {
  if (!isHtml(text)) return cleanText(text)
  return cleanText(parseInertHtml(text).textContent ?? '')
}
