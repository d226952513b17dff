import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { bestMatch, type LocalisedText } from '../base/locale.ts'
import { escapeMarkup } from '../base/markup.ts'
import { bodyOf, type EmailTemplate } from './email-template.ts'
import type { Mail } from './mail.ts'

/** `object` fills the placeholders; `locales` are the reader's, best first. */
export type Recipient = { to: Mail['to']; object: JsonObject; locales: readonly string[] }

/** Renders an email in the reader's language, with placeholders such as `{{object.givenName}}` filled in. */
export function renderTemplate(template: EmailTemplate, { to, object, locales }: Recipient): Mail {
  const isHtml = template.mimeType !== 'text/plain'
  const inWords = (text: LocalisedText) =>
    bestMatch(text, [...locales, template.defaultLocale]) ?? Object.values(text)[0] ?? ''
  return {
    from: template.from,
    to,
    subject: filledIn(inWords(template.subject), object, (value) => value.replace(/[\r\n]+/g, ' ')),
    body: filledIn(inWords(bodyOf(template)), object, isHtml ? escapeMarkup : (value) => value),
    isHtml,
  }
}

/** Fills in `{{object.name}}`, with any white space. Missing values become empty. */
function filledIn(text: string, object: JsonObject, write: (value: string) => string): string {
  return text.replace(/\{\{\{?\s*object\.([\w.$/-]+)\s*\}\}\}?/g, (_all, path: string) =>
    write(textOf(path.split('.').reduce<Json>(member, object))),
  )
}

function member(value: Json, name: string): Json {
  return isJsonObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null
}

function textOf(value: Json): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
