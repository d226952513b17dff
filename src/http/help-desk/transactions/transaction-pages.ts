import { badRequest, notFound } from '../../../base/errors.ts'
import type { JsonObject } from '../../../base/json.ts'
import { envelope, wholeNumber } from '../../../crest/collection.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { readReference } from '../../../help-desk/transactions/reference.ts'
import { agentOf, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import { statusOfEndings } from '../../../help-desk/transactions/transaction-search.ts'
import {
  type Ending,
  endingOf,
  endings,
  type TransactionStatus,
  transactionStatuses,
} from '../../../help-desk/transactions/transaction-status.ts'
import type {
  ListedTransaction,
  TransactionQuery,
} from '../../../help-desk/transactions/transaction-store.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import { type Answer, type Call, param } from '../../route.ts'
import { notificationFilter } from './notification-filter.ts'
import { type ClientEvent, timelineOf } from './transaction-event.ts'

type PageSources = { transactions: Transactions; now(): number }

type Cursor = NonNullable<TransactionQuery['after']>

type Show<Row> = (listed: ListedTransaction) => Promise<Row>

const pageSize = { usual: 50, max: 100 }

/**
 * A page of a realm's transactions, newest first. While searching, a page may be short and still have a cookie, because each
 * request reads a limited number of rows.
 */
export async function transactionPage<Row extends JsonObject>(
  { transactions }: PageSources,
  { realm, query }: Call,
  whose: { agentId?: string; isUnread?: boolean; offeredTo?: string },
  show: Show<Row>,
): Promise<Answer> {
  const endings = endingsIn(query.get('ending'))
  const { found, next } = await transactions.search(
    {
      realm: realm.path,
      agentId: whose.agentId,
      isUnread: whose.isUnread,
      offeredTo: whose.offeredTo,
      status: statusIn(query.get('state')) ?? (endings && statusOfEndings(endings)),
      after: cursorOf(query.get('_pagedResultsCookie')),
      limit: Math.min(wholeNumber(query, '_pageSize') || pageSize.usual, pageSize.max),
    },
    { text: query.get('text') || undefined, journey: query.get('journey') || undefined, endings },
  )
  const rows = await Promise.all(found.map(show))
  return { body: envelope(rows, next === undefined ? null : cookieOf(next)) }
}

/** A transaction with its row and its timeline. */
export async function documentOf<Row extends JsonObject>(
  { transactions, verifications, now }: PageSources & { verifications: Pick<Verifications, 'read'> },
  { realm }: Call,
  transaction: Transaction,
  show: Show<Row>,
): Promise<Row & { timeline: ClientEvent['data'][] }> {
  const events = await transactions.eventsAfter(transaction.idHash, 0)
  const listed = {
    transaction,
    notifications: events.filter(({ kind }) => kind === 'notification').length,
    lastKind: events.at(-1)?.kind,
    withdrawnAt: events.find(({ kind }) => kind === 'withdrawn')?.at,
    proof: await verifications.read(transaction.idHash),
    alsoChecked: (await hasColleague(transactions, transaction, now()))
      ? events.findLast((event) => event.kind === 'alsoChecked')
      : undefined,
  }
  const filter = notificationFilter(transaction, realm.settings)
  return { ...(await show(listed)), timeline: timelineOf(transaction, events, filter, now()) }
}

/** Whether another agent has an open check of the same person, while this one is open. */
async function hasColleague(transactions: Transactions, transaction: Transaction, now: number) {
  const { realm, subject } = transaction
  if (subject === undefined || endingOf(transaction, now) !== undefined) return false
  const open = await transactions.openAbout(realm, subject.id)
  return open.some((other) => agentOf(other)?.id !== agentOf(transaction)?.id)
}

/**
 * The transaction in the path, open or ended.
 * @throws RequestError 404 if it doesn't exist or belongs to another agent.
 */
export async function transactionNamed(
  { transactions }: PageSources,
  call: Call,
  agentId: string | undefined,
): Promise<Transaction> {
  const reference = readReference(param(call, 'reference'))
  const transaction = await transactions.readIn(call.realm.path, { reference })
  // rule H16: otherwise an agent can read, use and cancel a colleague's check by its reference
  const isTheirs = agentId === undefined || (transaction && agentOf(transaction)?.id) === agentId
  if (transaction === undefined || !isTheirs) throw notFound()
  return transaction
}

function statusIn(text: string | null): TransactionQuery['status'] {
  if (text === null || text === '') return undefined
  const known: readonly (TransactionStatus | 'open')[] = ['open', ...transactionStatuses]
  const status = known.find((each) => each.toLowerCase() === text.toLowerCase())
  if (status === undefined) throw badRequest(`The query parameter state must be one of ${known.join(', ')}`)
  return status
}

function endingsIn(text: string | null): Ending[] | undefined {
  if (text === null || text === '') return undefined
  return text.split(',').map((word) => {
    const ending = endings.find((each) => each === word)
    if (ending === undefined)
      throw badRequest(`The query parameter ending must list values of ${endings.join(', ')}`)
    return ending
  })
}

function cookieOf({ createdAt, reference }: Cursor): string {
  return Buffer.from(`${createdAt}:${reference}`).toString('base64url')
}

function cursorOf(cookie: string | null): Cursor | undefined {
  if (cookie === null || cookie === '') return undefined
  const [, createdAt, reference] =
    /^(\d{1,15}):(\w+)$/.exec(Buffer.from(cookie, 'base64url').toString()) ?? []
  if (createdAt === undefined || reference === undefined) {
    throw badRequest('The query parameter _pagedResultsCookie is invalid')
  }
  return { createdAt: Number(createdAt), reference }
}
