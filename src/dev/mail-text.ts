/** An email as text, with the links and codes that a person would look for. */
export function readableMail({ body, isHtml }: { body: string; isHtml: boolean }) {
  const text = isHtml ? textOfHtml(body) : body
  const found = decoded(body).match(/https?:\/\/[^\s"'<>]+/g) ?? []
  const links = [...new Set(found.map((link) => link.replace(/[.,;)]+$/, '')))]
  const codes = [...new Set(withoutLinks(text).match(/\b\d{4,10}\b/g) ?? [])]
  return { text, links, codes }
}

function withoutLinks(text: string): string {
  return text.replaceAll(/https?:\/\/\S+/g, ' ')
}

function textOfHtml(html: string): string {
  const lines = html
    .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replaceAll(/<(br|\/p|\/div|\/tr|\/h\d|\/li)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
  return decoded(lines)
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()
}

function decoded(text: string): string {
  return text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
