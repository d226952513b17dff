import { RequestError } from '../../../base/errors.ts'
import { transactionLinks } from '../../../realms/links.ts'
import type { Authentication } from '../../../runtime/authenticate.ts'
import { digest } from '../../../secrets/digest.ts'
import type { Call } from '../../route.ts'
import type { AccessibleTransaction } from './transaction-access.ts'

export type LinkSources = { authentication: Pick<Authentication, 'openedBySession'> }

/** A transaction, and what the request knows of its link. */
export type LinkKey = Pick<AccessibleTransaction, 'transaction' | 'id' | 'redirectUri'>

/**
 * The link, from the id in the request or in the state of the journey that created it. Storage has only the id's hash.
 * @throws RequestError 409 `linkUnknown`.
 */
export async function linkOf(
  from: LinkSources,
  call: Call,
  { transaction, ...access }: LinkKey,
): Promise<string> {
  const { journeySession } = transaction.openedBy
  const made =
    access.redirectUri === undefined && journeySession !== undefined
      ? await from.authentication.openedBySession(journeySession)
      : undefined
  const isSame = made?.transaction !== undefined && digest(made.transaction) === transaction.idHash
  const id = access.id ?? (isSame ? made.transaction : undefined)
  if (id === undefined) {
    throw new RequestError(409, 'The link is no longer known', { problem: 'linkUnknown' })
  }
  const links = transactionLinks(call.realm, call.callersUrl, id)
  const page = access.redirectUri ?? (isSame ? made.redirectUri : undefined)
  // The POST link is for programs.
  return page === undefined || page === links.post ? links.get : page
}
