import Negotiator from 'negotiator'
import type { Call } from './route.ts'

/** What the reader reads, best first: the parameter wins over the browser's languages; the realm's own comes last. */
export function requestLocales({
  query,
  headers,
  realm,
}: Pick<Call, 'query' | 'headers' | 'realm'>): string[] {
  const parameter = query.get('locale')
  // `*` says nothing.
  const asked = new Negotiator({ headers }).languages().filter((language) => language !== '*')
  return [...(parameter ? [parameter] : []), ...asked, realm.settings.locales.default]
}
