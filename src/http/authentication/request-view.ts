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
export const credentialHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'dpop',
  'proxy-authorization',
  sessionCookie.toLowerCase(),
  `__host-${sessionCookie.toLowerCase()}`,
  watchHeader,
  // rule S01: otherwise scripts read the authId in a header
  'x-sidegate-authid',
])

/** A bearer token in a header of any name. Source: RFC 6750, section 2.1, and RFC 9449, section 7.1. */
const bearerToken = /^\s*(bearer|dpop)\s/i

/**
 * The part of a request that nodes and scripts can read: without session tokens, bearer tokens and authIds, in whatever header
 * or cookie they are. Persistent cookies are separate, for the nodes that read them; scripts don't get them.
 */
export function requestView(call: ViewedCall): RequestView {
  return new LazyView(call)
}

type ViewedCall = Pick<
  Call,
  'headers' | 'query' | 'baseUrl' | 'callersUrl' | 'clientIp' | 'proxyAddress' | 'realm'
>

/** Most nodes ask for little of a request, so each part is made when it is asked for. */
class LazyView implements RequestView {
  readonly #call: ViewedCall
  #headers: RequestView['headers'] | undefined
  #parameters: RequestView['parameters'] | undefined
  #cookies: Pick<RequestView, 'cookies' | 'persistentCookies'> | undefined
  #messageLocales: RequestView['messageLocales'] | undefined
  #tokens: readonly string[] | undefined

  constructor(call: ViewedCall) {
    this.#call = call
  }

  get headers(): RequestView['headers'] {
    const { headers, clientIp } = this.#call
    this.#headers ??= readableHeaders(headers, clientIp, this.#isSecret)
    return this.#headers
  }

  get parameters(): RequestView['parameters'] {
    this.#parameters ??= this.#readableParameters()
    return this.#parameters
  }

  get cookies(): RequestView['cookies'] {
    return this.#allCookies().cookies
  }

  get persistentCookies(): RequestView['persistentCookies'] {
    return this.#allCookies().persistentCookies
  }

  get locales(): RequestView['locales'] {
    const ofPage = this.#call.query.get('pageLocale')
    return ofPage ? [ofPage, ...this.messageLocales] : this.messageLocales
  }

  get messageLocales(): RequestView['messageLocales'] {
    this.#messageLocales ??= requestLocales(this.#call)
    return this.#messageLocales
  }

  get baseUrl(): string {
    return this.#call.baseUrl
  }

  get callersUrl(): string {
    return this.#call.callersUrl
  }

  get pageOrigins(): readonly string[] {
    const { baseUrl, callersUrl, realm } = this.#call
    return [new URL(baseUrl).origin, new URL(callersUrl).origin, ...realm.settings.corsOrigins]
  }

  get clientIp(): string {
    return this.#call.clientIp
  }

  get proxyAddress(): string | undefined {
    return this.#call.proxyAddress
  }

  readonly #isSecret = (text: string): boolean => {
    this.#tokens ??= presentedTokens(this.#call.headers)
    return this.#tokens.some((token) => text.includes(token))
  }

  #readableParameters(): RequestView['parameters'] {
    const { query } = this.#call
    const names = [...new Set(query.keys())].filter((name) => !isServerCookie(name))
    return Object.fromEntries(
      names.map((name) => [
        name,
        query
          .getAll(name)
          // rule S01: otherwise nodes and scripts read a session token in a parameter
          .filter((value) => !this.#isSecret(value)),
      ]),
    )
  }

  #allCookies(): Pick<RequestView, 'cookies' | 'persistentCookies'> {
    this.#cookies ??= this.#readableCookies()
    return this.#cookies
  }

  #readableCookies(): Pick<RequestView, 'cookies' | 'persistentCookies'> {
    // rule S01: otherwise scripts read the session cookie among the cookies
    const all = Object.entries(parseCookies(this.#call.headers.cookie)).filter(
      ([name, value]) => !isServerCookie(name) && !this.#isSecret(value),
    )
    return {
      // rule S01: otherwise scripts read persistent cookies, which sign their owner in
      cookies: Object.fromEntries(all.filter(([, value]) => !isPersistentCookie(value))),
      persistentCookies: Object.fromEntries(all.filter(([, value]) => isPersistentCookie(value))),
    }
  }
}

function readableHeaders(
  headers: Call['headers'],
  clientIp: string,
  isSecret: (text: string) => boolean,
): Record<string, string[]> {
  const lists = Object.entries(headers).flatMap(([name, value]): [string, string[]][] => {
    // rule S01: otherwise nodes and scripts read the session header and the header authorization
    if (value === undefined || credentialHeaders.has(name)) return []
    const sent = Array.isArray(value) ? value : [value]
    const values = trustedHeader(
      name,
      name === 'cookie' ? sent.map((header) => readableCookies(header, isSecret)) : sent,
      clientIp,
    )
    // rule S01: otherwise nodes and scripts read a bearer or session token in a header of another name
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
    // rule S01: otherwise nodes and scripts read session cookies and persistent cookies in the header cookie
    return name !== '' && !isServerCookie(name) && !isPersistentCookie(value) && !isSecret(pair)
  })
  return kept.join(';').trim()
}
