/** The session cookie. Clients without cookies send a header of the same name. */
export const sessionCookie = 'iPlanetDirectoryPro'

/** Makes a browser known to the people who signed in with it. */
export const knownDeviceCookie = 'sidegate-device'

const serverCookies: ReadonlySet<string> = new Set([sessionCookie.toLowerCase(), knownDeviceCookie])

/**
 * Whether the server itself uses a cookie of this name. Nodes and scripts can neither read nor set such a cookie.
 * Case, percent-encoding and the prefixes of RFC 6265bis don't make another name of it.
 */
export function isServerCookie(name: string): boolean {
  const plain = decoded(name)
    .trim()
    .toLowerCase()
    .replace(/^__(host|secure)-/, '')
  return serverCookies.has(plain)
}

/** The protected header of every persistent cookie, `{"alg":"dir","enc":"A256GCM"}`, and its empty key. */
const persistentCookieStart = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..'

/** Whether a value is a persistent cookie: it signs its owner in, so scripts can't read it. */
export function isPersistentCookie(value: string): boolean {
  return value.includes(persistentCookieStart)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
