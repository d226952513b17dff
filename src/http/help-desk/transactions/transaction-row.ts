import type { ItemOf } from '../../../../contract/endpoint.ts'
import type { listChecks } from '../../../../contract/help-desk.ts'
import { plainText } from '../../../help-desk/transactions/plain-text.ts'
import {
  agentNameOf,
  agentOf,
  offerOf,
  safeDisplayName,
  secondAgentNameOf,
  type Transaction,
} from '../../../help-desk/transactions/transaction.ts'
import { endingOf, endTimeOf, statusOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { ListedTransaction } from '../../../help-desk/transactions/transaction-store.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import { notificationFilter } from './notification-filter.ts'
import { stateKind } from './transaction-event.ts'

/** Maximum length of a status text in a list, in characters. */
const maxTextLength = 200

/**
 * A transaction as listed, without its id and the hash of the id.
 * @param viewerId object id of the reader, if a person of the realm.
 */
export function transactionRow(
  { transaction, notifications, lastKind, withdrawnAt, alsoChecked }: ListedTransaction,
  settings: Pick<RealmSettings, 'helpDesk'>,
  now: number,
  viewerId: string | undefined,
): Omit<ItemOf<typeof listChecks>, 'grant'> {
  const { reference, subject, purpose, openedBy, result, notificationData } = transaction
  const check = openedBy.journey
  const status = notificationFilter(transaction, settings)(notificationData ?? {}).journeyStatus
  return {
    _id: reference,
    reference,
    subject: subject === undefined ? null : safeDisplayName(subject),
    subjectId: subject?.id ?? null,
    action: purpose.action ?? null,
    reason: purpose.reason ?? null,
    ticket: purpose.ticket ?? null,
    vouchFor: purpose.vouchFor ?? null,
    check: check ?? null,
    checkTitle: settings.helpDesk.checks.find(({ journey }) => journey === check)?.title || (check ?? null),
    agent: agentNameOf(transaction) ?? null,
    openedBy: formerOpener(transaction),
    isOwn: viewerId !== undefined && agentOf(transaction)?.id === viewerId,
    offeredTo: offerOf(transaction),
    secondAgent: secondAgentNameOf(transaction) ?? null,
    state: statusOf(transaction, now),
    result,
    ending: endingOf(transaction, now) ?? null,
    rejectedAt: transaction.rejectedAt ?? null,
    ...rejectionReaders(transaction),
    startedAt: transaction.createdAt,
    viewedAt: transaction.viewedAt ?? null,
    confirmedAt: transaction.confirmedAt ?? null,
    endedAt: endTimeOf(transaction, now) ?? null,
    withdrawnAt: withdrawnAt ?? null,
    alsoCheckedBy: alsoChecked?.agent ?? null,
    expiresAt: transaction.expiresAt,
    notifications,
    lastKind: lastKindOf(transaction, lastKind, now),
    lastText: typeof status === 'string' ? plainText(status, maxTextLength) : null,
    sentAt: transaction.sentAt ?? null,
  }
}

/** Who read the rejection, and when: its agent, and a lead. */
export function rejectionReaders(transaction: Transaction) {
  const { rejectionReadAt, rejectionReadBy, leadReadAt, leadReadBy } = transaction
  return {
    rejectionReadAt: rejectionReadAt ?? null,
    rejectionReadBy: rejectionReadBy === undefined ? null : safeDisplayName(rejectionReadBy),
    leadReadAt: leadReadAt ?? null,
    leadReadBy: leadReadBy === undefined ? null : safeDisplayName(leadReadBy),
  }
}

/** The name of the agent who opened the check, if another agent is responsible now. */
function formerOpener(transaction: Transaction): string | null {
  const { agent } = transaction.openedBy
  return agent === undefined || agent.id === agentOf(transaction)?.id ? null : safeDisplayName(agent)
}

/** For the newest change of state, the state of the transaction itself. */
function lastKindOf(transaction: Transaction, kind: ListedTransaction['lastKind'], now: number): string {
  if (statusOf(transaction, now) === 'EXPIRED') return 'expired'
  if (kind === undefined) return 'created'
  return kind === 'state' ? stateKind(transaction) : kind
}
