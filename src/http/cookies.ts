/** The cookies of a `Cookie` header; the first of a name counts, as browsers send the closest path first. */
export function parseCookies(header: string | undefined): Record<string, string> {
  // No prototype: names are the client's.
  const cookies: Record<string, string> = Object.create(null)
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=')
    if (equals < 1) continue
    const name = pair.slice(0, equals).trim()
    cookies[name] ??= decoded(
      pair
        .slice(equals + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    )
  }
  return cookies
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
