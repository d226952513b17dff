import { badRequest, notFound, RequestError } from '../../../base/errors.ts'
import { readReference } from '../../../help-desk/transactions/reference.ts'
import { agentOf, isGone, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Authentication } from '../../../runtime/authenticate.ts'
import { digest } from '../../../secrets/digest.ts'
import type { Session } from '../../../sessions/session.ts'
import type { Sessions } from '../../../sessions/sessions.ts'
import type { Call } from '../../route.ts'

export type TransactionAccess = {
  transactions: Transactions
  authentication: Pick<Authentication, 'watched'>
  /** Whether a person may verify callers of a realm now. */
  mayVerify(person: { realm: string; identityId: string }, realm: string): Promise<boolean>
  sessions: Pick<Sessions, 'isUnderWay'>
  now(): number
}

/** How a request names a transaction. */
export type TransactionKey = { transaction?: string | undefined; reference?: string | undefined }

/** A transaction that the caller of a route may read and cancel. */
export type AccessibleTransaction = {
  transaction: Transaction
  /** The secret id, if the request or the journey has it. */
  id: string | undefined
  /** The link, only for the journey that made it. */
  redirectUri: string | undefined
  by: 'journey' | 'session' | 'administrator' | 'client'
}

/**
 * Finds a transaction for the parties that may read and cancel it: the journey session that opened it, the session or the agent
 * under which that journey ran, roles with the right `transactions`, or the client that opened it. Others don't learn whether
 * it exists. For a check, the agent must have the role at the time of the request.
 * @throws RequestError 400 without a reference or id, 401 without credentials, 403 for other parties, 404 once the transaction
 * is over.
 */
export async function accessibleTransaction(
  from: TransactionAccess,
  call: Call,
  named: TransactionKey,
): Promise<AccessibleTransaction> {
  const authId = call.headers['x-sidegate-authid']
  if (typeof authId === 'string' && authId !== '') return accessByJourney(from, call, authId, named)
  if (named.transaction === undefined && named.reference === undefined) {
    throw badRequest('transaction or reference is required')
  }
  const client = await call.client()
  if (client === undefined) return accessBySession(from, call, named)
  if (!client.scopes.includes('back_channel_authentication')) throw new RequestError(403)
  const found = await readStored(from, call, named)
  // rule S16: otherwise an application can read and cancel the checks of agents
  if (found?.openedBy.client !== client.clientId) throw new RequestError(403)
  return withAccess(from, found, named.transaction, 'client')
}

async function accessByJourney(
  from: TransactionAccess,
  call: Call,
  authId: string,
  named: TransactionKey,
): Promise<AccessibleTransaction> {
  const watched = await from.authentication.watched(call, authId)
  if (watched === undefined) throw new RequestError(401)
  const isNamed = named.transaction !== undefined || named.reference !== undefined
  const key = isNamed ? named : { transaction: watched.transaction }
  if (key.transaction === undefined && key.reference === undefined) throw unreadable()
  const found = await readStored(from, call, key)
  const { transaction } = withAccess(from, found, undefined, 'journey')
  // rule H16: otherwise the journey of one check has access to every check
  if (transaction.openedBy.journeySession !== watched.idHash) throw new RequestError(403)
  if (!(await isStillAgents(from, transaction))) throw new RequestError(403)
  const isNewest = watched.transaction !== undefined && digest(watched.transaction) === transaction.idHash
  return {
    transaction,
    id: isNewest ? watched.transaction : named.transaction,
    redirectUri: isNewest ? watched.redirectUri : undefined,
    by: 'journey',
  }
}

async function accessBySession(
  from: TransactionAccess,
  call: Call,
  named: TransactionKey,
): Promise<AccessibleTransaction> {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  const found = await readStored(from, call, named)
  if (found !== undefined && (await isResponsible(call, found, session)))
    return withAccess(from, found, named.transaction, 'session')
  // rule H16: otherwise every agent has access to all checks
  if (!(await call.rights()).may('transactions', call.realm.path)) throw new RequestError(403)
  return withAccess(from, found, named.transaction, 'administrator')
}

/**
 * Whether this session opened the transaction, or its owner is the agent of it. An opener whose check another agent took over
 * is no longer responsible. For a check, the agent must still have the role.
 */
async function isResponsible(
  call: Call,
  transaction: Transaction,
  { tokenHash, identityId, realm: home }: Session,
): Promise<boolean> {
  const { openedBy, assignee, realm } = transaction
  const isOpener = assignee === undefined && openedBy.session === tokenHash
  // rule H16: otherwise any signed-in person can read the feed of every check
  const isTheirs = isOpener || (home === realm && agentOf(transaction)?.id === identityId)
  // rule S14: otherwise an agent whose role was removed can read and cancel their checks by session
  if (!isTheirs || !openedBy.isHelpDesk) return isTheirs
  return (await call.rights()).may('helpdesk', realm)
}

/**
 * An authId stays valid when the agent's session or role ends or another agent takes the check over, but must no longer give
 * access to it.
 */
export async function isStillAgents(
  from: Pick<TransactionAccess, 'mayVerify' | 'sessions'>,
  { openedBy, assignee, realm }: Transaction,
): Promise<boolean> {
  const { isHelpDesk, agent, session } = openedBy
  if (!isHelpDesk || agent === undefined) return true
  // rule H24: otherwise the feed of a former agent goes on
  if (assignee !== undefined && assignee.id !== agent.id) return false
  // rule S15: otherwise an authId works after its agent's session ended
  if (session === undefined || !(await from.sessions.isUnderWay(session))) return false
  // rule S14: otherwise an authId works after its agent lost the role
  return from.mayVerify({ realm, identityId: agent.id }, realm)
}

function readStored(
  { transactions }: TransactionAccess,
  call: Call,
  named: TransactionKey,
): Promise<Transaction | undefined> {
  const { transaction, reference = '' } = named
  const key =
    transaction === undefined ? { reference: readReference(reference) } : { hash: digest(transaction) }
  return transactions.readIn(call.realm.path, key)
}

function withAccess(
  { now }: TransactionAccess,
  transaction: Transaction | undefined,
  id: string | undefined,
  by: AccessibleTransaction['by'],
): AccessibleTransaction {
  if (transaction === undefined || isGone(transaction, now())) throw unreadable()
  return { transaction, id, redirectUri: undefined, by }
}

/** The same error for unknown, expired and cancelled transactions. */
export function unreadable(): RequestError {
  return notFound('Unable to read transaction.')
}
