/** Resolves and checks the address of a page. @returns undefined for pages that browsers may not be redirected to. */
export type TrustedPages = (url: string) => string | undefined

/** Maximum length of `RelayState` in bytes. Source: "Bindings for SAML 2.0", 3.4.3. */
const maxRelayState = 80

/**
 * The page to return to, sent as `RelayState`; undefined for our own page.
 * @param page the browser's current page, from its `Referer` header.
 */
export function relayStateFor(page: string | undefined, trusted: TrustedPages): string | undefined {
  if (page === undefined || !URL.canParse(page)) return undefined
  const { origin, pathname } = new URL(page)
  const address = trusted(origin + pathname)
  return address !== undefined && Buffer.byteLength(address) <= maxRelayState ? address : undefined
}

/** The URL to which the browser returns with its key: the page in `RelayState` if it is trusted, otherwise our own. */
export function returnUrl(
  own: { baseUrl: string; realm: string },
  relayState: string | undefined,
  trusted: TrustedPages,
  parameters: Readonly<Record<string, string>>,
): string {
  const page = relayState === undefined ? undefined : trusted(relayState)
  // rule R2: otherwise the address of an answer is used as it was sent, and not as it was checked
  const url = new URL(page ?? `${own.baseUrl}/XUI/`, own.baseUrl)
  for (const [name, value] of Object.entries({ realm: own.realm, ...parameters })) {
    url.searchParams.set(name, value)
  }
  return url.href
}
