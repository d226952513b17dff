import type { Realm, RealmSettings } from './realm.ts'

/** The three forms of a transaction's link. Source: "Backchannel Initialize node". */
export type TransactionLinks = {
  /** Opens the sign-in page. */
  get: string
  /** The authenticate endpoint, for clients that call it themselves. */
  post: string
  /** The query string for a custom page. */
  parameters: string
}

/** @param requestBaseUrl scheme, host and context path, for example `https://sso.example.com/am`. */
export function transactionLinks(
  realm: Pick<Realm, 'path' | 'settings'>,
  requestBaseUrl: string,
  id: string,
): TransactionLinks {
  const baseUrl = linkBaseOf(realm.settings) ?? requestBaseUrl
  const index = { authIndexType: 'transaction', authIndexValue: id }
  const parameters = new URLSearchParams({ realm: realm.path, ...index }).toString()
  return {
    get: `${baseUrl}/XUI/?${parameters}`,
    post: `${baseUrl}/json${realmPath(realm.path)}/authenticate?${new URLSearchParams(index)}`,
    parameters,
  }
}

/**
 * The base URL that the realm sets for its links. A link is a secret, so its host must be one that serves the realm. Source:
 * "Base URL Source".
 */
export function linkBaseOf({
  linkBaseUrl,
  allowedHosts,
}: Pick<RealmSettings, 'linkBaseUrl' | 'allowedHosts'>): string | undefined {
  if (linkBaseUrl === '') return undefined
  const { origin, host } = new URL(linkBaseUrl)
  // rule H1: otherwise links can lead to hosts that are not the realm's
  return allowedHosts.includes(host) ? `${origin}/am` : undefined
}

/** The default page after a sign-in. */
export function landingPageOf(realm: string): string {
  return realm === '/' ? '/console/' : `/enduser/?realm=${realm}`
}

/** The page that starts a journey. */
export function journeyLink(baseUrl: string, realm: string, journey: string): string {
  return `${baseUrl}/XUI/?${new URLSearchParams({ realm, authIndexType: 'service', authIndexValue: journey })}`
}

/** The page that resumes a suspended journey. */
export function resumeLink(baseUrl: string, realm: string, suspendedId: string): string {
  return `${baseUrl}/XUI/?${new URLSearchParams({ realm, suspendedId })}`
}

/** `/realms/root/realms/alpha` for `/alpha`. */
export function realmPath(realm: string): string {
  const names = realm.split('/').filter((name) => name !== '')
  return ['/realms/root', ...names.map((name) => `/realms/${encodeURIComponent(name)}`)].join('')
}
