/** Longest text that identity providers must hand back. Source: "Bindings for SAML 2.0", 3.4.3. */
const maxRelayState = 80

/**
 * The page that a browser comes back to, as `RelayState` carries it; undefined for our own.
 * @param page where it is now, as its `Referer` says.
 */
export function relayStateFor(
  page: string | undefined,
  isTrusted: (url: string) => boolean,
): string | undefined {
  if (page === undefined || !URL.canParse(page)) return undefined
  const { origin, pathname } = new URL(page)
  const address = origin + pathname
  return isTrusted(address) && Buffer.byteLength(address) <= maxRelayState ? address : undefined
}

/** Where to send the browser with its key: to the page that it came from, if it is trusted, or to our own. */
export function returnUrl(
  own: { baseUrl: string; realm: string },
  relayState: string | undefined,
  isTrusted: (url: string) => boolean,
  parameters: Readonly<Record<string, string>>,
): string {
  const isPage = relayState !== undefined && URL.canParse(relayState) && isTrusted(relayState)
  const url = new URL(isPage ? relayState : `${own.baseUrl}/XUI/`)
  for (const [name, value] of Object.entries({ realm: own.realm, ...parameters })) {
    url.searchParams.set(name, value)
  }
  return url.href
}
