import type { RequestView } from '../../engine/node-type.ts'
import { isPersistentCookie, isServerCookie, sessionCookie } from '../../engine/server-cookies.ts'
import { presentedTokens } from '../call.ts'
import { trustedHeader } from '../client-address.ts'
import { requestLocales } from '../request-locales.ts'
import type { Call } from '../route.ts'
import { parseCookies } from './cookies.ts'

/** Header with the key of a watched run. */
export const watchHeader = 'x-sidegate-watch'

/** Headers that carry credentials for this server or for a proxy in front of it. */
const credentialHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'dpop',
  'proxy-authorization',
  sessionCookie.toLowerCase(),
  `__host-${sessionCookie.toLowerCase()}`,
  watchHeader,
  'x-sidegate-authid',
])

/** A bearer token in a header of any name. Source: RFC 6750, section 2.1, and RFC 9449, section 7.1. */
const bearerToken = /^\s*(bearer|dpop)\s/i

/**
 * The part of a request that nodes and scripts can read: without session tokens, bearer tokens and authIds, in whatever header
 * or cookie they are. Persistent cookies are separate, for the nodes that read them; scripts don't get them.
 */
export function requestView(call: Call): RequestView {
  const { headers, query, baseUrl, clientIp } = call
  const tokens = presentedTokens(headers)
  const isSecret = (text: string) => tokens.some((token) => text.includes(token))
  const all = Object.entries(parseCookies(headers.cookie)).filter(
    ([name, value]) => !isServerCookie(name) && !isSecret(value),
  )
  const parameters = [...new Set(query.keys())]
    .filter((name) => !isServerCookie(name))
    .map((name) => [name, query.getAll(name).filter((value) => !isSecret(value))] as const)
  return {
    headers: readableHeaders(headers, clientIp, isSecret),
    parameters: Object.fromEntries(parameters),
    cookies: Object.fromEntries(all.filter(([, value]) => !isPersistentCookie(value))),
    persistentCookies: Object.fromEntries(all.filter(([, value]) => isPersistentCookie(value))),
    locales: requestLocales(call),
    baseUrl,
    clientIp,
  }
}

function readableHeaders(
  headers: Call['headers'],
  clientIp: string,
  isSecret: (text: string) => boolean,
): Record<string, string[]> {
  const lists = Object.entries(headers).flatMap(([name, value]): [string, string[]][] => {
    if (value === undefined || credentialHeaders.has(name)) return []
    const sent = Array.isArray(value) ? value : [value]
    const values = trustedHeader(
      name,
      name === 'cookie' ? sent.map((header) => readableCookies(header, isSecret)) : sent,
      clientIp,
    )
    const readable = values.filter((text) => !bearerToken.test(text) && !isSecret(text))
    return readable.length === 0 ? [] : [[name, readable]]
  })
  return Object.fromEntries(lists)
}

/**
 * The `cookie` header without the hidden cookies. If no cookie is left it is empty rather than absent, because real scripts
 * read its first value without a check.
 */
function readableCookies(header: string, isSecret: (text: string) => boolean): string {
  const kept = header.split(';').filter((pair) => {
    const [[name, value] = ['', '']] = Object.entries(parseCookies(pair))
    return name !== '' && !isServerCookie(name) && !isPersistentCookie(value) && !isSecret(pair)
  })
  return kept.join(';').trim()
}
