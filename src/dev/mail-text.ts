import { decoded, textOfMail } from '../outbox/mail-text.ts'

/** An email as text, with the links and codes that a person would look for. */
export function readableMail({ body, isHtml }: { body: string; isHtml: boolean }) {
  const text = textOfMail({ body, isHtml })
  const found = decoded(body).match(/https?:\/\/[^\s"'<>]+/g) ?? []
  const links = [...new Set(found.map((link) => link.replace(/[.,;)]+$/, '')))]
  const codes = [...new Set(withoutLinks(text).match(/\b\d{4,10}\b/g) ?? [])]
  return { text, links, codes }
}

function withoutLinks(text: string): string {
  return text.replaceAll(/https?:\/\/\S+/g, ' ')
}
