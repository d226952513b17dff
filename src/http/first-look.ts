import type { FastifyRequest } from 'fastify'
import type { AnswerOf } from '../../contract/endpoint.ts'
import type { readAppearance } from '../../contract/server.ts'
import { RequestError } from '../base/errors.ts'
import type { PageLanguage } from '../base/server-texts.ts'
import type { Awaitable } from '../base/work.ts'
import type { Transaction } from '../help-desk/transactions/transaction.ts'
import type { Realm } from '../realms/realm.ts'
import type { RealmLooks } from '../realms/realm-looks.ts'
import { clientAddress } from './client-address.ts'
import { countRequest } from './guards/request-limit.ts'
import type { OwnAddresses } from './guards/staff-host.ts'
import { trustedBaseUrl } from './guards/trusted-host.ts'
import type { RequestCounts } from './guards/visit.ts'
import { type PageAddress, readPageAddress } from './page-address.ts'
import { pageLanguageOf } from './page-language.ts'
import { appearanceOf } from './realms/appearance.ts'
import { requestLocales } from './request-locales.ts'

export type FirstLookSources = OwnAddresses & {
  realmLooks: RealmLooks
  findRealm(path: string): Awaitable<Realm | undefined>
  transactions: { find(realm: string, id: string): Awaitable<Transaction | undefined> }
  requestCounts?: RequestCounts | undefined
}

type Asked = Pick<FastifyRequest, 'url' | 'headers' | 'protocol' | 'ip' | 'socket'>

/** The look of a sign-in page that the server knows when it sends the HTML, and what it depends on. */
export type FirstLook = {
  /** As the URL names it. */
  realm: string
  journey: string | undefined
  language: PageLanguage
  appearance: AnswerOf<typeof readAppearance>
}

/**
 * The look of the sign-in page at a URL. Reads a caller's transaction for its journey, and changes nothing.
 * @returns undefined where the API refuses the appearance: for realms that don't exist or are off, at hosts of others, and
 * above the limit of the address. Also for URLs without a realm, which only the browser can complete.
 */
export async function firstLookOf(from: FirstLookSources, request: Asked): Promise<FirstLook | undefined> {
  const { url, headers } = request
  const address = readPageAddress(url)
  const realm = address && (await from.findRealm(address.realm))
  // rule H14: otherwise a realm that is off shows its look
  if (address === undefined || realm?.isActive !== true) return undefined
  if (!admits(from, realm, request)) return undefined
  const journey = await journeyOf(from, address, realm)
  const language = pageLanguageOf(headers, address.locale)
  // As the page asks for it.
  const query = new URLSearchParams({ locale: language })
  const locales = requestLocales({ query, headers, realm })
  const appearance = await appearanceOf(from, realm, { journey, locales })
  return { realm: address.realm, journey, language, appearance }
}

/** An unknown link looks like one that has ended: like the realm. */
async function journeyOf(
  { transactions }: FirstLookSources,
  { journey, transaction }: PageAddress,
  realm: Realm,
): Promise<string | undefined> {
  if (transaction === undefined) return journey
  return (await transactions.find(realm.path, transaction))?.journey
}

/** The checks of the API before it answers anybody. The page itself is sent in any case. */
function admits(from: FirstLookSources, realm: Realm, request: Asked): boolean {
  const { protocol, headers } = request
  try {
    // rule H14: otherwise a realm shows its look at the host of another
    trustedBaseUrl(from, protocol, headers.host, realm.settings.allowedHosts)
    // rule H14: otherwise looks in pages do not count for the limit of an address
    countRequest(from.requestCounts, realm, clientAddress(request))
    return true
  } catch (error) {
    if (error instanceof RequestError) return false
    throw error
  }
}
