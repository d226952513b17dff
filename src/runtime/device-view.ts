import type { AuthenticateRequest } from './authenticate-request.ts'

/** Client hints would contradict the user agent. Source: "User-Agent Client Hints". */
const clientHint = /^sec-ch-/

/**
 * The request as nodes and scripts see it in a watched run with a chosen user agent. Address, cookies and credentials stay those of
 * the client, so that limits and checks count the same.
 */
export function seenFromDevice(
  request: AuthenticateRequest,
  userAgent: string | undefined,
): AuthenticateRequest {
  if (userAgent === undefined) return request
  const {
    headers,
    parameters,
    cookies,
    persistentCookies,
    locales,
    messageLocales,
    baseUrl,
    callersUrl,
    pageOrigins,
    clientIp,
  } = request.view
  const others = Object.entries(headers).filter(([name]) => !clientHint.test(name))
  return {
    ...request,
    view: {
      headers: { ...Object.fromEntries(others), 'user-agent': [userAgent] },
      parameters,
      cookies,
      persistentCookies,
      locales,
      messageLocales,
      baseUrl,
      callersUrl,
      pageOrigins,
      clientIp,
      proxyAddress: undefined,
    },
  }
}
