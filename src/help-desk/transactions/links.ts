import type { Realm, RealmSettings } from '../../realms/realm.ts'

/** The three forms of a link that starts a journey for a transaction. Source: "Backchannel Initialize node". */
export type TransactionLinks = {
  /** Opens the sign-in page. */
  get: string
  /** The authenticate endpoint itself, for a client that speaks it. */
  post: string
  /** What a page of one's own needs to know, as a query string. */
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
 * The base URL that the realm sets for its links. A link is a secret: it leads to no host under which the realm itself
 * cannot be reached. Source: "Base URL Source".
 */
export function linkBaseOf({
  linkBaseUrl,
  allowedHosts,
}: Pick<RealmSettings, 'linkBaseUrl' | 'allowedHosts'>): string | undefined {
  if (linkBaseUrl === '') return undefined
  const { origin, host } = new URL(linkBaseUrl)
  return allowedHosts.includes(host) ? `${origin}/am` : undefined
}

/** Where somebody goes who signed in and asked for nothing else. */
export function landingPageOf(realm: string): string {
  return realm === '/' ? '/console/' : `/enduser/?realm=${realm}`
}

/** Where a journey begins. */
export function journeyLink(baseUrl: string, realm: string, journey: string): string {
  return `${baseUrl}/XUI/?${new URLSearchParams({ realm, authIndexType: 'service', authIndexValue: journey })}`
}

/** Where a suspended journey goes on. */
export function resumeLink(baseUrl: string, realm: string, suspendedId: string): string {
  return `${baseUrl}/XUI/?${new URLSearchParams({ realm, suspendedId })}`
}

/** `/realms/root/realms/alpha` for `/alpha`. */
export function realmPath(realm: string): string {
  const names = realm.split('/').filter((name) => name !== '')
  return ['/realms/root', ...names.map((name) => `/realms/${encodeURIComponent(name)}`)].join('')
}
