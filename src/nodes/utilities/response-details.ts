import { type JsonObject, jsonOrText, stringMapSchema } from '../../base/json.ts'
import { type LocalisedText, localise } from '../../base/locale.ts'
import type { EndDetails } from '../../engine/end-details.ts'
import type { NodeContext, NodeLog } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'

/** Headers that the server sets, and cookies, which have their own node. Source: "Set Success Details node". */
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
  // rule S23: otherwise a journey sets cookies by a response header
  'set-cookie',
  'set-cookie2',
  'clear-site-data',
  'content-security-policy',
  'content-security-policy-report-only',
  'strict-transport-security',
])

/** Cross-origin access is a setting of the realm. */
const crossOriginHeader = /^access-control-/

/** The setting of nodes that add headers to the journey's last response. */
export const headerControl = setting(
  'Response Headers',
  'Headers of the response by name. Headers that the server sets can’t be changed.',
  stringMapSchema.default({}),
)

export const headerErrors = {
  warn: {
    'Response header ‹name› cannot be set':
      'The server sets this header itself, or the name or value is invalid in HTTP.',
  },
} as const

/** The headers that may be set. Others are logged: invalid names or values would break the response. */
export function settableHeaders(
  headers: Readonly<Record<string, string>>,
  log: NodeLog,
): Record<string, string> {
  const isSettable = ([name, value]: [string, string]) =>
    !protectedHeaders.has(name.toLowerCase()) &&
    !crossOriginHeader.test(name.toLowerCase()) &&
    /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
    /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
  const all = Object.entries(headers)
  for (const [name] of all.filter((entry) => !isSettable(entry))) {
    log.warn(`Response header ${name} cannot be set`)
  }
  return Object.fromEntries(all.filter(isSettable).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Values for the response, parsed as JSON where possible. */
export function jsonValues(texts: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, jsonOrText(text)]))
}

/** The details for a response without success. A blank text is ignored. */
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
