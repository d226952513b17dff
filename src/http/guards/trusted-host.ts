import { badRequest, type RequestError } from '../../base/errors.ts'
import { isStaffHost, type OwnAddresses } from './staff-host.ts'

const loopbackHost = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/** Whether a Host header is trusted regardless of the realm. */
export function isTrustedHost(configured: string | undefined, host: string | undefined): boolean {
  return configured !== undefined || (host !== undefined && loopbackHost.test(host))
}

/**
 * The base URL of links, including the context path. Clients choose the Host header: trusting it would allow DNS rebinding, and
 * an attacker could put their own host into our emails. So without a configured base URL, only loopback names are trusted.
 * @param requestScheme scheme of the request, as a trusted proxy reports it.
 * @param allowedHosts further hosts of the realm, which override the configured base URL.
 * @throws RequestError 400 for any other host.
 */
export function trustedBaseUrl(
  own: OwnAddresses,
  requestScheme: string,
  host: string | undefined,
  allowedHosts: readonly string[] = [],
): string {
  if (own.staffUrl !== undefined && isStaffHost(own, host)) return withContextPath(own.staffUrl)
  const { baseUrl: configured } = own
  // A proxy may forward any value.
  const scheme = requestScheme === 'https' ? 'https' : 'http'
  if (host !== undefined && allowedHosts.includes(host.toLowerCase())) {
    return `${schemeOf(configured) ?? scheme}://${host.toLowerCase()}/am`
  }
  if (configured !== undefined) return withContextPath(configured)
  if (host === undefined || !isTrustedHost(configured, host)) throw unknownHost()
  return `${scheme}://${host}/am`
}

/** The base URL of links to callers. Staff have another host than callers if one is configured. */
export function callersBaseUrl(own: OwnAddresses, host: string | undefined, baseUrl: string): string {
  // rule R15: otherwise links to callers name the host of staff
  if (own.baseUrl === undefined || !isStaffHost(own, host)) return baseUrl
  return withContextPath(own.baseUrl)
}

export function unknownHost(): RequestError {
  return badRequest('Unknown Host header: set SIDEGATE_BASE_URL, or add the host to the realm')
}

/** The scheme that browsers use, even if a proxy connects to us with another. */
function schemeOf(configured: string | undefined): string | undefined {
  return configured === undefined ? undefined : new URL(configured).protocol.slice(0, -1)
}

function withContextPath(url: string): string {
  const bare = url.replace(/\/+$/, '')
  return bare.endsWith('/am') ? bare : `${bare}/am`
}
