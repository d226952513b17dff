import { canonicalRealm } from './realm-path.ts'

/** The parameters in a sign-in page's URL that decide its look. The page reads them in the same way. */
export type PageAddress = {
  /** Path or alias of the realm. */
  realm: string
  journey: string | undefined
  /** Secret id of the transaction of a caller's link. */
  transaction: string | undefined
  locale: string | undefined
}

/** A site that people return from may drop the realm, which then only the browser knows. */
const returnNames = ['code', 'error', 'form_post_entry', 'responsekey', 'RelayState']

/** @returns undefined if the URL does not say which realm it is. */
export function readPageAddress(url: string): PageAddress | undefined {
  const queryAt = url.indexOf('?')
  const parameters = new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt))
  const realm = parameters.get('realm')
  if (!realm && returnNames.some((name) => parameters.has(name))) return undefined
  const service = parameters.get('service')
  const type = service ? 'service' : parameters.get('authIndexType')
  const value = (service || parameters.get('authIndexValue')) ?? undefined
  return {
    realm: canonicalRealm(realm ?? ''),
    journey: type === 'service' ? value || undefined : undefined,
    transaction: type === 'transaction' ? value : undefined,
    locale: parameters.get('locale') || undefined,
  }
}
