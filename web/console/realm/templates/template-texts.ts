import { isJsonObject, type JsonObject } from '../../../api/json.ts'

/** The languages that a template has a subject or a body in. */
export function localesOf(document: JsonObject): string[] {
  const texts = [document.subject, document.message, document.html].filter(isJsonObject)
  return [...new Set(texts.flatMap((each) => Object.keys(each)))].toSorted()
}

export function textAt(document: JsonObject, member: string, locale: string): string {
  const texts = document[member]
  const text = isJsonObject(texts) && Object.hasOwn(texts, locale) ? texts[locale] : undefined
  return typeof text === 'string' ? text : ''
}

/** Where the body stands: templates that were never opened in the vendor's newer editor have the one or the other. */
export function bodyMember({ message, html }: JsonObject): 'message' | 'html' {
  const hasMessage = isJsonObject(message) && Object.keys(message).length > 0
  return !hasMessage && isJsonObject(html) ? 'html' : 'message'
}

/** Somebody whom a preview is for. */
const sampleValues: Readonly<Record<string, string>> = {
  userName: 'elena.marsh',
  givenName: 'Elena',
  sn: 'Marsh',
  mail: 'elena.marsh@larkfield.example',
  resumeURI: 'https://id.larkfield.example/link',
}

/** The text with its places filled in; what only a journey knows stays by its name. */
export function fillPlaceholders(text: string): string {
  return text.replace(/\{\{\{?\s*object\.([\w.$/-]+)\s*\}\}\}?/g, (_all, name: string) =>
    Object.hasOwn(sampleValues, name) ? (sampleValues[name] ?? name) : `[${name}]`,
  )
}
