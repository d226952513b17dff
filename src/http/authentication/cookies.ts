import { parseCookie, stringifySetCookie } from 'cookie'
import type { Cookie } from '../../engine/cookie.ts'

/** The cookies of a `Cookie` header; the first of a name counts, as browsers send the closest path first. */
export function parseCookies(header: string | undefined): Record<string, string> {
  const pairs = Object.entries(parseCookie(header ?? '')).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return Object.fromEntries(pairs)
}

const sameSites = { STRICT: 'strict', LAX: 'lax', NONE: 'none' } as const

/** The `Set-Cookie` value of a cookie. Its value is written as it is. */
export function writeCookie({ maxAgeSeconds, isHttpOnly, isSecure, sameSite, ...cookie }: Cookie): string {
  return stringifySetCookie(
    {
      ...cookie,
      ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      httpOnly: isHttpOnly,
      secure: isSecure,
      sameSite: sameSites[sameSite],
    },
    { encode: (text) => text },
  )
}
