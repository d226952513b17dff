import type { Realm } from '../realms/realm.ts'
import { isAllowedUrl } from './allowed-url.ts'

/**
 * Pages that a browser may be sent back to in the middle of a journey: ours, the landing pages of the realm, and the
 * web applications that may call it.
 * @param baseUrl scheme, host and context path.
 */
export function isTrustedPage({ settings }: Realm, baseUrl: string): (url: string) => boolean {
  const patterns = [...settings.allowedUrls, ...settings.corsOrigins.map((origin) => `${origin}/*`)]
  return (url) => isAllowedUrl(url, baseUrl, patterns)
}
