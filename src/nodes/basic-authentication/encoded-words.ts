const encodedWord = /=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi
/** Whitespace between encoded words is not part of the text; RFC 2047, section 6.2. */
const separator = /(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bq]\?[^?\s]*\?=)/gi

/**
 * Decodes the encoded words of a header value, such as `=?UTF-8?B?w6k=?=` (RFC 2047). Invalid words stay as they are.
 */
export function decodeEncodedWords(text: string): string {
  return text
    .replace(separator, '$1')
    .replace(encodedWord, (word, charset: string, encoding: string, encoded: string) => {
      const bytes = encoding.toUpperCase() === 'B' ? Buffer.from(encoded, 'base64') : quotedBytes(encoded)
      // A charset may carry a language: RFC 2231, section 5.
      return decode(bytes, charset.replace(/\*.*$/, '')) ?? word
    })
}

function quotedBytes(encoded: string): Buffer {
  const characters = encoded
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(characters, 'latin1')
}

function decode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
