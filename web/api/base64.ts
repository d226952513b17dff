/** Text as base64 of its UTF-8, as the wire carries script sources. */
export function toBase64(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}

/** @throws Error when it is not base64 of UTF-8. */
export function fromBase64(encoded: string): string {
  const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0))
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}
