import type { Cookie } from './cookie.ts'

/** The session cookie. Clients without cookies send a header of the same name. */
export const sessionCookie = 'iPlanetDirectoryPro'

/** Marks a browser as known for the people who signed in with it. */
export const knownBrowserCookie = 'sidegate-device'

const askingCookie = 'sidegate-asked'

/**
 * Name of the cookie that ties a browser to the identity provider's response that it asked for. With the prefix, no other host of
 * the domain can set it.
 */
export function askingCookieName(baseUrl: string): string {
  return baseUrl.startsWith('https:') ? `__Host-${askingCookie}` : askingCookie
}

/** The cookie with a browser's secret. */
export function askingCookieOf(baseUrl: string, value: string): Cookie {
  const isSecure = baseUrl.startsWith('https:')
  // Applications on other sites get it only with SameSite=None, which browsers accept only over https.
  const sameSite = isSecure ? 'NONE' : 'LAX'
  return { name: askingCookieName(baseUrl), value, path: '/', isHttpOnly: true, isSecure, sameSite }
}

const serverCookies: ReadonlySet<string> = new Set([
  sessionCookie.toLowerCase(),
  knownBrowserCookie,
  // rule S70: otherwise a node plants the cookie of the browser that asked
  askingCookie,
])

/**
 * Whether the server uses a cookie of this name itself. Nodes and scripts can neither read nor set it. Compares without
 * case, percent-encoding and the prefixes of RFC 6265bis.
 */
export function isServerCookie(name: string): boolean {
  // rule S01: otherwise another spelling of the session cookie is another cookie
  const plain = decoded(name)
    .trim()
    .toLowerCase()
    .replace(/^__(host|secure)-/, '')
  return serverCookies.has(plain)
}

/** The start of every persistent cookie: the protected header `{"alg":"dir","enc":"A256GCM"}` and an empty key. */
const persistentCookieStart = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..'

/** Whether a value is a persistent cookie, as it is or encoded. It signs in its owner, so scripts can't read it. */
export function isPersistentCookie(value: string): boolean {
  return (
    value.includes(persistentCookieStart) ||
    // rule S23: otherwise an encoded persistent cookie passes for another value
    decoded(value).includes(persistentCookieStart)
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
