/** Maximum length of `RelayState` in bytes. Source: "Bindings for SAML 2.0", 3.4.3. */
const maxRelayState = 80

/**
 * The page to return to, sent as `RelayState`; undefined for our own page.
 * @param page the browser's current page, from its `Referer` header.
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

/** The URL to which the browser returns with its key: the page in `RelayState` if it is trusted, otherwise our own. */
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
