import Negotiator from 'negotiator'
import type { Call } from './route.ts'

/** The client's locales, best first: the parameter, the browser's languages, the realm's default. */
export function requestLocales({
  query,
  headers,
  realm,
}: Pick<Call, 'query' | 'headers' | 'realm'>): string[] {
  const parameter = query.get('locale')
  // Without the header, a client accepts any language (RFC 9110, section 12.5.4).
  const asked =
    headers['accept-language'] === undefined
      ? []
      : new Negotiator({ headers }).languages().filter((language) => language !== '*')
  return [...(parameter ? [parameter] : []), ...asked, realm.settings.locales.default]
}
