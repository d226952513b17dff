import { asJson, type EndDetails } from '../../engine/end-details.ts'
import { type JsonObject, stringMapSchema } from '../../engine/json.ts'
import { type LocalisedText, localise } from '../../engine/locale.ts'
import type { NodeContext, NodeLog } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'

/** Headers that are the server's own, and cookies, which have a node of their own. Source: "Set Success Details node". */
const protectedHeaders = new Set([
  'x-frame-options',
  'x-content-type-options',
  'cache-control',
  'content-api-version',
  'expires',
  'pragma',
  'content-type',
  'content-length',
  'date',
  'keep-alive',
  'connection',
  'transfer-encoding',
  'server',
  'trailer',
  'upgrade',
  'set-cookie',
  'set-cookie2',
  'clear-site-data',
  'content-security-policy',
  'content-security-policy-report-only',
  'strict-transport-security',
])

/** Which other sites may read answers is a setting of the realm. */
const crossOriginHeader = /^access-control-/

/** The setting of nodes that add headers to the last answer of a journey. */
export const headerControl = setting(
  'Response Headers',
  'Headers of the answer, by name. Those that the server needs for itself stay as they are.',
  stringMapSchema.default({}),
)

/** What nodes log that set headers. */
export const headerErrors = {
  warn: {
    'Response header ‹name› cannot be set':
      'It is one of the server’s own, or HTTP knows no such name or value.',
  },
} as const

/** The headers that may be set; the others are logged. A name or value that HTTP does not know would end the answer. */
export function settableHeaders(
  wanted: Readonly<Record<string, string>>,
  log: NodeLog,
): Record<string, string> {
  const isSettable = ([name, value]: [string, string]) =>
    !protectedHeaders.has(name.toLowerCase()) &&
    !crossOriginHeader.test(name.toLowerCase()) &&
    /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
    /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
  const all = Object.entries(wanted)
  for (const [name] of all.filter((entry) => !isSettable(entry))) {
    log.warn(`Response header ${name} cannot be set`)
  }
  return Object.fromEntries(all.filter(isSettable).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Texts as the answer shows them. */
export function jsonValues(texts: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, asJson(text)]))
}

/** What an answer without success says; a blank text says nothing. */
export function endDetails(
  { config, request, log }: NodeContext<{ headerControl: Readonly<Record<string, string>> }>,
  text: LocalisedText,
  values: Readonly<Record<string, string>>,
): EndDetails {
  const message = localise(text, request.locales, '')
  return {
    ...(message.trim() === '' ? {} : { message }),
    values: jsonValues(values),
    headers: settableHeaders(config.headerControl, log),
  }
}
