const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes a text for an element or a quoted attribute of HTML or XML. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** The text as XML 1.0, which can't have most control characters. */
export function escapeXml(text: string): string {
  return escapeMarkup(text.toWellFormed().replaceAll(/[^\t\n\r\x20-\ufffd]/g, ''))
}
