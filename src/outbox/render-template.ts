import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import { bestMatch, type LocalisedText } from '../engine/locale.ts'
import { bodyOf, type EmailTemplate } from './email-template.ts'
import type { Mail } from './mail.ts'

/** Who gets a mail, what it is about, and the languages they read, best first. */
export type Recipient = { to: Mail['to']; object: JsonObject; locales: readonly string[] }

/** Writes a mail from a template: its language chosen, `{{object.givenName}}` and the like filled in. */
export function renderTemplate(template: EmailTemplate, { to, object, locales }: Recipient): Mail {
  const isHtml = template.mimeType !== 'text/plain'
  const inWords = (text: LocalisedText) =>
    bestMatch(text, [...locales, template.defaultLocale]) ?? Object.values(text)[0] ?? ''
  return {
    from: template.from,
    to,
    subject: filledIn(inWords(template.subject), object, (value) => value.replace(/[\r\n]+/g, ' ')),
    body: filledIn(inWords(bodyOf(template)), object, isHtml ? escapeHtml : (value) => value),
    isHtml,
  }
}

/** `{{object.name}}`, with any white space; what the object does not have is left empty. */
function filledIn(text: string, object: JsonObject, write: (value: string) => string): string {
  return text.replace(/\{\{\{?\s*object\.([\w.$/-]+)\s*\}\}\}?/g, (_all, path: string) =>
    write(textOf(path.split('.').reduce<Json>(member, object))),
  )
}

function member(held: Json, name: string): Json {
  return isJsonObject(held) && Object.hasOwn(held, name) ? (held[name] ?? null) : null
}

function textOf(value: Json): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
