import { shownShortCode } from '../../../../contract/short-codes.ts'
import { RequestError, tooManyRequests } from '../../../base/errors.ts'
import type { ShortCodeChannel } from '../../../help-desk/short-codes/short-code.ts'
import type { ShortCodes } from '../../../help-desk/short-codes/short-codes.ts'
import { isGone } from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Limit } from '../../../limits/limit.ts'
import type { Limits } from '../../../limits/limits.ts'
import { linkBaseOf } from '../../../realms/links.ts'
import type { Call } from '../../route.ts'
import { unreadable } from '../transactions/transaction-access.ts'
import { type LinkKey, type LinkSources, linkOf } from '../transactions/transaction-link.ts'

export type ShortLinkSources = LinkSources & {
  transactions: Pick<Transactions, 'read'>
  shortCodes: Pick<ShortCodes, 'issue'>
  limits: Pick<Limits, 'take'>
  /** The address of the page for short codes; undefined for `/c` of the base URL. */
  shortUrl: string | undefined
  now(): number
}

export type ShortLink = {
  /** In two groups. */
  code: string
  /** The page where the caller types the code. */
  address: string
  /** The page with the code filled in, for texts. A visit doesn't use the code up. */
  link: string
  /** Epoch milliseconds, after the earlier code stopped working. */
  issuedAt: number
  /** Epoch milliseconds. */
  expiresAt: number
}

/**
 * Makes a short code for the link of an open transaction. The earlier code of the same channel stops working.
 * @throws RequestError 409 `linkUnknown` once the journey that opened it has ended, 409 `completed` after the result, 404 once it is over, 429 above
 * the limit.
 */
export async function shortLinkOf(
  from: ShortLinkSources,
  call: Call,
  key: LinkKey,
  channel: ShortCodeChannel,
): Promise<ShortLink> {
  const { transaction } = key
  const link = await linkOf(from, call, key)
  await countCode(from, issueLimit(transaction.realm, transaction.reference, channel))
  const code = await from.shortCodes.issue(transaction, channel, link)
  if (code === undefined) throw await problemOf(from, transaction.idHash)
  const address = shortAddress(from.shortUrl, call)
  const shown = shownShortCode(code)
  const { expiresAt } = transaction
  return { code: shown, address, link: `${address}#${shown}`, issuedAt: from.now(), expiresAt }
}

/** The configured address, or `/c` beside the sign-in page. */
function shortAddress(configured: string | undefined, { realm, callersUrl }: Call): string {
  return configured ?? `${(linkBaseOf(realm.settings) ?? callersUrl).replace(/\/am$/, '')}/c`
}

function issueLimit(realm: string, reference: string, channel: ShortCodeChannel): Limit {
  // rule H21: otherwise an agent can make any number of short codes, and a guesser has more to find
  return { key: `${realm} short codes of ${reference} ${channel}`, max: 5, windowMs: 60_000 }
}

async function countCode({ limits }: Pick<ShortLinkSources, 'limits'>, limit: Limit): Promise<void> {
  const taken = await limits.take(limit)
  if (taken.kind === 'taken') return
  throw tooManyRequests({
    problem: 'tooManyShortCodes',
    message: 'Too many short codes were made for this check in a short time',
    waitMs: taken.waitMs,
  })
}

async function problemOf({ transactions, now }: ShortLinkSources, idHash: string): Promise<RequestError> {
  const current = await transactions.read(idHash)
  if (current === undefined || isGone(current, now())) return unreadable()
  return new RequestError(409, 'The transaction already has a result', { problem: 'completed' })
}
