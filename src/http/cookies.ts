import { parseCookie } from 'cookie'

/** The cookies of a `Cookie` header; the first of a name counts, as browsers send the closest path first. */
export function parseCookies(header: string | undefined): Record<string, string> {
  const pairs = Object.entries(parseCookie(header ?? '')).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return Object.fromEntries(pairs)
}
