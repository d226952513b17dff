import { parseCookie, stringifySetCookie } from 'cookie'
import { defined } from '../../base/defined.ts'
import type { Cookie } from '../../engine/cookie.ts'

/** The cookies of a `Cookie` header. If a name repeats, the first value wins: browsers send the longest path first. */
export function parseCookies(header: string | undefined): Record<string, string> {
  const pairs = Object.entries(parseCookie(header ?? '')).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return Object.fromEntries(pairs)
}

const sameSites = { STRICT: 'strict', LAX: 'lax', NONE: 'none' } as const

/** The `Set-Cookie` header of a cookie. The value is not escaped. */
export function writeCookie({ maxAgeSeconds, isHttpOnly, isSecure, sameSite, ...cookie }: Cookie): string {
  return stringifySetCookie(
    {
      ...cookie,
      ...defined({ maxAge: maxAgeSeconds }),
      httpOnly: isHttpOnly,
      secure: isSecure,
      sameSite: sameSites[sameSite],
    },
    { encode: (text) => text },
  )
}
