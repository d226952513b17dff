/**
 * Where a browser goes once somebody is signed in. The server has checked the address against the realm's list, whether
 * a node, the `goto` of the link or the realm named it.
 * @returns undefined for what is no page: the people's pages of the vendor's other products, which a server names that
 * was told nothing.
 */
export function landingPage(url: string): string | undefined {
  const target = webAddress(url)
  if (target === undefined) return undefined
  const isNowhere = target.origin === location.origin && /^\/enduser(\/|$)/.test(target.pathname)
  return isNowhere ? undefined : target.href
}

/** An address that a browser may be sent to: of the web, and not a script. */
export function webAddress(url: string): URL | undefined {
  const target = url === '' ? undefined : parsedUrl(url)
  return target?.protocol === 'https:' || target?.protocol === 'http:' ? target : undefined
}

/** undefined for what is no address. */
export function parsedUrl(url: string): URL | undefined {
  try {
    return new URL(url, location.href)
  } catch {
    return undefined
  }
}
