/** The page for one's own sessions and devices. */
const ownSessionsPath = '/enduser/sessions'

export function ownSessionsUrl(realm: string): string {
  return `${ownSessionsPath}?${new URLSearchParams({ realm })}`
}

/**
 * The page to open after a successful sign-in. The server has validated it.
 * @returns undefined for `/enduser`, the vendor's default: people stay on the page that says that they are signed in. Only the page
 * for their sessions asks to be opened.
 */
export function landingUrl(url: string): string | undefined {
  const target = webUrl(url)
  if (target === undefined) return undefined
  const { origin, pathname } = target
  const isVendorDefault = origin === location.origin && /^\/enduser(\/|$)/.test(pathname)
  return isVendorDefault && pathname !== ownSessionsPath ? undefined : target.href
}

/** An http(s) URL. @returns undefined for all others, such as `javascript:`. */
export function webUrl(url: string): URL | undefined {
  const target = url === '' ? undefined : parseUrl(url)
  return target?.protocol === 'https:' || target?.protocol === 'http:' ? target : undefined
}

/** @returns undefined for an invalid URL. */
export function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url, location.href)
  } catch {
    return undefined
  }
}

export function currentPath(): string {
  return location.pathname + location.search + location.hash
}
