import type { RecordedRequest } from '../../walks/recorded-request.ts'

/** An HTTP request and its response, as a proxy or a browser saw them. */
export type HttpExchange = {
  /** Epoch milliseconds. */
  at: number
  method: string
  url: URL
  headers: Readonly<Record<string, string>>
  body: string
  status: number
  setCookies: readonly string[]
  /** Undefined if it is not known. */
  responseBody: string | undefined
}

/** Why a request is not part of a recording. */
export type Unheard = 'other' | 'other realm' | 'unreadable'

/** The request, if it is an authenticate request of this realm. @param realm path. */
export function heardRequest(exchange: HttpExchange, realm: string): RecordedRequest | Unheard {
  const { at, method, url, headers, body, status, setCookies, responseBody } = exchange
  const asked = realmOf(url)
  if (method !== 'POST' || asked === undefined) return 'other'
  if (asked !== realm) return 'other realm'
  if (responseBody === undefined) return 'unreadable'
  try {
    return {
      at,
      query: Object.fromEntries(url.searchParams),
      headers,
      cookies: (headers.cookie ?? '').split(';').map(cookieValue).filter(Boolean),
      request: body.trim() === '' ? undefined : JSON.parse(body),
      status,
      response: responseBody.trim() === '' ? {} : JSON.parse(responseBody),
      newCookies: setCookies.map((each) => cookieValue(each.split(';')[0] ?? '')).filter(Boolean),
    }
  } catch {
    return 'unreadable'
  }
}

/** The realm of an authenticate request in one of its three spellings; undefined for other requests. */
export function realmOf({ pathname, searchParams }: URL): string | undefined {
  const [, middle] = /\/json\/((?:[^/]+\/)*)authenticate\/?$/.exec(pathname) ?? []
  if (middle === undefined) return undefined
  const segments = middle.split('/').filter(Boolean).map(decoded)
  const names = (segments[0] === 'realms' ? segments.filter((_, index) => index % 2 === 1) : segments).filter(
    (name, index) => index > 0 || name !== 'root',
  )
  if (segments.length > 0) return `/${names.join('/')}`
  return `/${(searchParams.get('realm') ?? '').replace(/^\/+/, '')}`
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function cookieValue(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1).trim()
}
