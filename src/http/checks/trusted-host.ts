import { badRequest } from '../../errors.ts'

const loopbackHost = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/**
 * The base of every link we hand out, context path included. A Host header is the client's word: without a setting
 * only a loopback name is believed, or a page elsewhere could rebind its name to us, or put its host into our mails.
 * @throws RequestError 400 for any other host.
 */
export function trustedBaseUrl(
  configured: string | undefined,
  scheme: string,
  host: string | undefined,
): string {
  if (configured !== undefined) return withContextPath(configured)
  if (host === undefined || !loopbackHost.test(host)) {
    throw badRequest('The Host header is not known here; SIDEGATE_BASE_URL says which one is')
  }
  return `${scheme}://${host}/am`
}

function withContextPath(url: string): string {
  const bare = url.replace(/\/+$/, '')
  return bare.endsWith('/am') ? bare : `${bare}/am`
}
