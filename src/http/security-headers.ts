import { closedPolicy } from '../oauth/content-policy.ts'

/** Headers of every response. Pages replace the content security policy. */
export const securityHeaders = {
  // rule H14: otherwise browsers and proxies store the caller's page
  'cache-control': 'no-store',
  // rule S25: otherwise answers other than pages have no content security policy
  'content-security-policy': closedPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
} as const

/** One year, in seconds. */
const hstsSeconds = 31_536_000

/** Makes browsers use TLS after their first visit. Source: RFC 6797. */
export function transportSecurity(baseUrl: string | undefined): Record<string, string> {
  // rule S25: otherwise browsers can return without TLS
  if (baseUrl?.startsWith('https:') !== true) return {}
  return { 'strict-transport-security': `max-age=${hstsSeconds}; includeSubDomains` }
}
