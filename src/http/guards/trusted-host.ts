import { badRequest, type RequestError } from '../../errors.ts'

const loopbackHost = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/** Whether a Host header is believed, whatever the realm. */
export function isTrustedHost(configured: string | undefined, host: string | undefined): boolean {
  return configured !== undefined || (host !== undefined && loopbackHost.test(host))
}

/**
 * The base of every link we hand out, context path included. A Host header is the client's word: without a setting
 * only a loopback name is believed, or a page elsewhere could rebind its name to us, or put its host into our mails.
 * @param spoken the scheme of the request, as a proxy tells it.
 * @param allowedHosts other names under which the realm is reached; they win.
 * @throws RequestError 400 for any other host.
 */
export function trustedBaseUrl(
  configured: string | undefined,
  spoken: string,
  host: string | undefined,
  allowedHosts: readonly string[] = [],
): string {
  // A proxy passes on what it was sent.
  const scheme = spoken === 'https' ? 'https' : 'http'
  if (host !== undefined && allowedHosts.includes(host.toLowerCase())) {
    return `${schemeOf(configured) ?? scheme}://${host.toLowerCase()}/am`
  }
  if (configured !== undefined) return withContextPath(configured)
  if (host === undefined || !isTrustedHost(configured, host)) throw unknownHost()
  return `${scheme}://${host}/am`
}

export function unknownHost(): RequestError {
  return badRequest('The Host header is not known here; SIDEGATE_BASE_URL says which one is')
}

/** Browsers reach us by one scheme, whatever a proxy in between speaks. */
function schemeOf(configured: string | undefined): string | undefined {
  return configured === undefined ? undefined : new URL(configured).protocol.slice(0, -1)
}

function withContextPath(url: string): string {
  const bare = url.replace(/\/+$/, '')
  return bare.endsWith('/am') ? bare : `${bare}/am`
}
