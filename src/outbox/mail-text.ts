/** An email as text. */
export function textOfMail({ body, isHtml }: { body: string; isHtml: boolean }): string {
  return isHtml ? textOfHtml(body) : body
}

/** The text part of an email in HTML: links follow their words. */
export function textPartOf(html: string): string {
  const link = /<a\b[^>]*\bhref="(https?:[^"]*)"[^>]*>([\s\S]*?)<\/a>/gi
  return textOfHtml(html.replaceAll(link, (_all, to, words) => (words === to ? to : `${words}: ${to}`)))
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

/** The text without the entities of HTML that emails use. */
export function decoded(text: string): string {
  return text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
