import { isJsonObject, type Json } from '../../base/json.ts'
import { escapeMarkup } from '../../base/markup.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { select } from './json-path.ts'

/** The settings of the HTTP Client node that make its request. */
export type RestSettings = {
  restURL: string
  requestMode: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD'
  queryParamsMap: Readonly<Record<string, string>>
  headersMap: Readonly<Record<string, string>>
  basicAuthn: boolean
  basicAuthnUsername: string
  basicAuthnPassword: string
  payload: string
  bodyType: 'XWWWFORMURLENCODED' | 'JSON' | 'XML' | 'PLAIN' | 'CUSTOM'
}

/** A request that can't be made. The message is for the log, and names settings and state keys only. */
export class RestError extends Error {
  override readonly name = 'RestError'
}

const placeholder = /\$\{([^}]+)\}/g

const contentTypes = {
  XWWWFORMURLENCODED: 'application/x-www-form-urlencoded',
  JSON: 'application/json',
  XML: 'text/xml',
  PLAIN: 'text/plain',
  CUSTOM: undefined,
} as const

/** Headers of the connection. */
const reserved = /^(host|connection|content-length|expect|upgrade|transfer-encoding|te|trailer)$/i

export function isHeaderName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !reserved.test(name)
}

/** Whether scheme, host and port of an address are fixed, without a name and password. */
export function hasFixedOrigin(template: string): boolean {
  // rule S64: otherwise a value chooses the host
  return /^https?:\/\/[^/?#\\@\s$]+(?:[/?#]|$)/i.test(template)
}

/** The state keys that the request is made of. */
export function keysOf(settings: RestSettings): string[] {
  const { queryParamsMap, headersMap, basicAuthn, basicAuthnUsername, basicAuthnPassword } = settings
  const texts = [settings.restURL, ...Object.entries(queryParamsMap).flat(), ...Object.values(headersMap)]
  if (basicAuthn) texts.push(basicAuthnUsername, basicAuthnPassword)
  if (hasBody(settings)) texts.push(settings.payload)
  return [...new Set(texts.flatMap(namesIn))]
}

function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, expression = '']) => partsOf(expression).key)
}

/** @throws RestError if a value is missing, or would change more than its own place */
export function requestOf(settings: RestSettings, state: NodeState) {
  const headers = headersOf(settings, state)
  const body = hasBody(settings) ? bodyOf(settings.payload, contentTypeOf(headers), state) : undefined
  const { requestMode: method } = settings
  return { url: addressOf(settings, state), method, headers, ...(body !== undefined && { body }) }
}

function hasBody({ requestMode, payload }: RestSettings): boolean {
  return ['POST', 'PUT', 'PATCH'].includes(requestMode) && payload !== ''
}

function addressOf({ restURL, queryParamsMap }: RestSettings, state: NodeState): string {
  const [address = ''] = restURL.split('#')
  const [path = '', ...search] = address.split('?')
  const own = search.length === 0 ? [] : [filledIn(search.join('?'), state, encoded)]
  const parameter = (text: string) => filledIn(text, state, encoded, asParameter)
  const further = Object.entries(queryParamsMap).map((pair) => pair.map(parameter).join('='))
  const query = [...own, ...further].join('&')
  const place = filledIn(path, state, asSegment)
  // rule S64: otherwise a value leads to another path
  if (place.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    throw new RestError('Rest URL has a path segment of dots')
  }
  const filled = query === '' ? place : `${place}?${query}`
  if (!hasFixedOrigin(restURL) || !URL.canParse(filled)) throw new RestError('Rest URL is not a valid URL')
  return filled
}

/** Fixed text of a parameter, which may have encoded characters. */
function asParameter(literal: string): string {
  return encodeURIComponent(literal).replaceAll('%25', '%')
}

/** Without a value, the path would name something else. */
function asSegment(value: Json): string {
  if (value === '') throw new RestError('a value in the path of Rest URL is empty')
  return encoded(value)
}

function headersOf(settings: RestSettings, state: NodeState): Record<string, string> {
  const type = contentTypes[settings.bodyType]
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
  for (const [name, template] of Object.entries(settings.headersMap)) {
    headers[name.toLowerCase()] = headerValue(name, filledIn(template, state, asPlain))
  }
  if (settings.basicAuthn) headers.authorization = basicOf(settings, state)
  return headers
}

/** Only printable characters of one byte, so that a value can't begin another header. */
function headerValue(name: string, value: string): string {
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new RestError(`a value in the header ${name} has characters that headers can’t have`)
  }
  return value
}

function basicOf({ basicAuthnUsername, basicAuthnPassword }: RestSettings, state: NodeState): string {
  const username = filledIn(basicAuthnUsername, state, asPlain)
  if (username.includes(':')) throw new RestError('the username of HTTP "Basic" has a colon')
  const bytes = new TextEncoder().encode(`${username}:${filledIn(basicAuthnPassword, state, asPlain)}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

function contentTypeOf(headers: Readonly<Record<string, string>>): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

function bodyOf(template: string, contentType: string, state: NodeState): string {
  if (contentType.includes('json')) return jsonBody(template, state)
  // rule S64: otherwise a value adds elements in XML
  if (contentType.includes('xml'))
    return filledIn(template, state, (value: Json) => escapeMarkup(asPlain(value)))
  if (contentType === contentTypes.XWWWFORMURLENCODED) return filledIn(template, state, encoded)
  return filledIn(template, state, contentType === 'text/plain' ? asPlain : asOneLine)
}

/** Values in quotes are escaped; others become JSON of their own. */
function jsonBody(template: string, state: NodeState): string {
  let isQuoted = false
  // rule S64: otherwise a value ends a text in JSON
  const body = filledIn(
    template,
    state,
    (value) => (isQuoted ? JSON.stringify(asPlain(value)).slice(1, -1) : JSON.stringify(value)),
    (literal) => {
      // A value after half an escape could end the text.
      if (/(?<!\\)(\\\\)*\\$/.test(literal)) throw new RestError('Body Content is not JSON')
      for (const [mark] of literal.matchAll(/\\.|"/gs)) if (mark === '"') isQuoted = !isQuoted
      return literal
    },
  )
  try {
    JSON.parse(body)
    return body
  } catch {
    throw new RestError('Body Content is not JSON')
  }
}

/** @param literal gets the texts between the placeholders, in order */
function filledIn(
  template: string,
  state: NodeState,
  write: (value: Json) => string,
  literal: (text: string) => string = (text) => text,
): string {
  // Names and texts take turns.
  const pieces = template.split(placeholder).map((piece, index) => {
    if (index % 2 === 1) return write(stateValue(piece, state))
    if (piece.includes('${')) throw new RestError('a placeholder in the settings is not complete')
    return literal(piece)
  })
  return pieces.join('')
}

/** `key`, or `key.$.path`. */
function partsOf(expression: string): { key: string; path: string | undefined } {
  const start = expression.indexOf('.$')
  const hasPath = start > 0 && /^[.[]/.test(expression.slice(start + 2))
  if (!hasPath) return { key: expression, path: undefined }
  return { key: expression.slice(0, start), path: expression.slice(start + 1) }
}

function stateValue(expression: string, state: NodeState): Json {
  const { key, path } = partsOf(expression)
  const value = state.getObject(key)
  const found = path === undefined ? value : selected(path, key, value)
  // rule S64: otherwise a request is sent without a value
  if (found === null) throw new RestError(`the state has no value for ${key}`)
  return found
}

function selected(path: string, key: string, value: Json): Json {
  try {
    const { values, isSingle } = select(path, typeof value === 'string' ? JSON.parse(value) : value)
    return isSingle ? (values[0] ?? null) : values
  } catch {
    throw new RestError(`the path in the placeholder of ${key} can’t be used`)
  }
}

function asPlain(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** For formats that the server doesn't know: without characters that end a value in common ones. */
function asOneLine(value: Json): string {
  const text = asPlain(value)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it finds.
  if (/[\x00-\x1f\x7f"'\\<>&;]/.test(text)) {
    throw new RestError('a value in Body Content has characters that its format may use')
  }
  return text
}

function encoded(value: Json): string {
  const text = asPlain(value)
  if (!text.isWellFormed()) throw new RestError('a value is not valid Unicode')
  // rule S64: otherwise a value in a URL adds path segments and parameters
  return encodeURIComponent(text)
}

/** Keeps a value of a response under a state key, or removes what was there. Texts of objects as at the vendor. */
export function keep(state: NodeState, key: string, value: Json | undefined): void {
  forget(state, key)
  const stored = value === undefined ? null : storedForm(value)
  if (stored === null) return
  const attribute = attributeIn(key)
  if (attribute === undefined) state.putShared(key, stored)
  else state.mergeShared({ objectAttributes: { [attribute]: stored } })
}

/** Removes an earlier value of {@link keep}. A null among attributes would remove the person's own. */
export function forget(state: NodeState, key: string): void {
  const attribute = attributeIn(key)
  if (attribute === undefined) state.remove(key)
  else state.removeMember('objectAttributes', attribute)
}

function attributeIn(key: string): string | undefined {
  return /^objectAttributes\.(.+)$/is.exec(key)?.[1]
}

/** The state key that {@link keep} changes. */
export function stateKeyOf(key: string): string {
  return attributeIn(key) === undefined ? key : 'objectAttributes'
}

/** As at the vendor: a list of one value is that value, and an object is its text. */
function storedForm(value: Json): Json {
  if (Array.isArray(value)) return value.length === 1 ? (value[0] ?? null) : value
  return isJsonObject(value) ? JSON.stringify(value) : value
}
