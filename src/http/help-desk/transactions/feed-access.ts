import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Identity } from '../../../people/identity.ts'
import type { Session } from '../../../sessions/session.ts'
import { rightsOf } from '../../guards/rights.ts'
import type { Call } from '../../route.ts'
import { type AccessibleTransaction, isStillAgents, type TransactionAccess } from './transaction-access.ts'

export type FeedAccess = Pick<TransactionAccess, 'mayVerify' | 'sessions'> & {
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
}

type Reader = Pick<Session, 'tokenHash' | 'realm' | 'identityId'>

/** The reader of an open feed. A client's bearer token counts when the feed is opened. */
export type FeedParty =
  | { by: 'journey' }
  | { by: 'client' }
  | { by: 'session' | 'administrator'; session: Reader }

export async function partyOf(call: Call, by: AccessibleTransaction['by']): Promise<FeedParty> {
  if (by === 'journey' || by === 'client') return { by }
  const { tokenHash, realm, identityId } = (await call.session())?.session ?? noSession
  return { by, session: { tokenHash, realm, identityId } }
}

/** Reads nothing, because no session has it. */
const noSession: Reader = { tokenHash: '', realm: '', identityId: '' }

/**
 * Whether a reader who may no longer read on lost the right only because another agent took the check over. That is the last
 * event that they get.
 */
export async function wasTakenOver(
  from: FeedAccess,
  party: FeedParty,
  transaction: Transaction,
): Promise<boolean> {
  const { assignee, ...earlier } = transaction
  return assignee !== undefined && mayReadOn(from, party, earlier)
}

/**
 * Whether the reader of an open feed may get more of it: the session goes on, its owner still has the role, as for a new
 * request, and no other agent took the check over.
 */
export async function mayReadOn(
  from: FeedAccess,
  party: FeedParty,
  transaction: Transaction,
): Promise<boolean> {
  if (party.by === 'client') return true
  if (party.by === 'journey') return isStillAgents(from, transaction)
  const { session } = party
  if (!(await from.sessions.isUnderWay(session.tokenHash))) return false
  const { openedBy, assignee, realm } = transaction
  if (party.by === 'session') {
    const isReplaced =
      assignee !== undefined && !(session.realm === realm && session.identityId === assignee.id)
    return !isReplaced && (!openedBy.isHelpDesk || from.mayVerify(session, realm))
  }
  // rule H16: otherwise an open feed of an agent lead outlives the role
  return rightsOf(await from.readIdentity(session.realm, session.identityId)).may('transactions', realm)
}
