import { isJsonObject, type JsonObject } from '../../../api/json.ts'

/** Languages with a subject or a body. */
export function localesOf(document: JsonObject): string[] {
  const texts = [document.subject, document.message, document.html].filter(isJsonObject)
  return [...new Set(texts.flatMap((each) => Object.keys(each)))].toSorted()
}

export function textAt(document: JsonObject, member: string, locale: string): string {
  const texts = document[member]
  const text = isJsonObject(texts) && Object.hasOwn(texts, locale) ? texts[locale] : undefined
  return typeof text === 'string' ? text : ''
}

/** The member with the body. Templates from older editors of the vendor have `html` instead of `message`. */
export function bodyMember({ message, html }: JsonObject): 'message' | 'html' {
  const hasMessage = isJsonObject(message) && Object.keys(message).length > 0
  return !hasMessage && isJsonObject(html) ? 'html' : 'message'
}

/** Sample values for the preview. */
const sampleValues: Readonly<Record<string, string>> = {
  userName: 'elena.marsh',
  givenName: 'Elena',
  sn: 'Marsh',
  mail: 'elena.marsh@larkfield.example',
  resumeURI: 'https://id.larkfield.example/link',
}

/** Fills placeholders with sample values. Unknown ones are shown by name. */
export function fillPlaceholders(text: string): string {
  return text.replace(/\{\{\{?\s*object\.([\w.$/-]+)\s*\}\}\}?/g, (_all, name: string) =>
    Object.hasOwn(sampleValues, name) ? (sampleValues[name] ?? name) : `[${name}]`,
  )
}
