import type { ExpressionBuilder } from 'kysely'
import { z } from 'zod'
import { type OpenState, openStates } from '../help-desk/transactions/transaction.ts'
import type { TransactionStatus } from '../help-desk/transactions/transaction-status.ts'
import type { ListedTransaction, TransactionQuery } from '../help-desk/transactions/transaction-store.ts'
import type { Database } from './database.ts'
import { query, type Statement } from './query.ts'
import { parsedWith } from './rows.ts'
import type { Tables } from './tables.ts'
import { colleagueRows, proofNames, proofOf, summaryRows, transactionRows } from './transaction-rows.ts'
import { isIn, isInHandOver } from './transaction-statements.ts'

type Wanted = {
  realm: string
  agentId: string
  now: number
  beforeAt: number
  beforeReference: string
  limit: number
}

type Scope = 'all' | 'own' | 'unread' | 'offered'

type Filter = { scope: Scope; status: NonNullable<TransactionQuery['status']> | 'any' }

/** What the events, the result and other checks amount to for the transaction of the outer query. */
function summary(eb: ExpressionBuilder<Tables, 'transactions'>, now: number) {
  const colleagues = eb
    .selectFrom('transactions as others')
    .whereRef('others.realm', '=', 'transactions.realm')
    .whereRef('others.subjectId', '=', 'transactions.subjectId')
    .whereRef('others.agentId', '!=', 'transactions.agentId')
    .where('others.state', 'in', openStates)
    .where('others.isCancelled', '=', 0)
    .where('others.expiresAt', '>', now)
    .select('others.idHash')
  return [
    eb
      .selectFrom('transactionEvents as warned')
      .whereRef('warned.idHash', '=', 'transactions.idHash')
      .where('warned.kind', '=', 'alsoChecked')
      .where(isIn(openStates, now))
      .where((each) => each.exists(colleagues))
      .orderBy('warned.sequence', 'desc')
      .limit(1)
      .select('warned.data')
      .as('alsoChecked'),
    eb
      .selectFrom('transactionEvents as told')
      .whereRef('told.idHash', '=', 'transactions.idHash')
      .where('told.kind', '=', 'notification')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .as('notifications'),
  ] as const
}

/** Newest first. The conditions for `status` must match `statusOf`. */
function listing({ scope, status }: Filter) {
  const states = openStates.filter((state) => status === 'open' || status === state)
  return query<Wanted>((db, $) =>
    db
      .selectFrom('transactions')
      .leftJoin('transactionEvents', (join) =>
        join
          .onRef('transactionEvents.idHash', '=', 'transactions.idHash')
          .onRef('transactionEvents.sequence', '=', 'transactions.sequence'),
      )
      .leftJoin('verifications', 'verifications.idHash', 'transactions.idHash')
      .selectAll('transactions')
      .select('transactionEvents.kind as lastKind')
      .select(proofNames.map((name) => `verifications.${name}` as const))
      .select((eb) => summary(eb, $.now))
      .where('transactions.realm', '=', $.realm)
      .$if(scope === 'own' || scope === 'unread', (select) => select.where('agentId', '=', $.agentId))
      .$if(scope === 'unread', (select) =>
        select.where('rejectedAt', 'is not', null).where('rejectionReadAt', 'is', null),
      )
      .$if(scope === 'offered', (select) =>
        select
          .where('offeredTo', 'in', ['', $.agentId])
          .where('agentId', '!=', $.agentId)
          .where(isInHandOver($.now)),
      )
      .$if(status === 'CANCELLED', (select) => select.where('isCancelled', '=', 1))
      .$if(status === 'COMPLETED', (select) => select.where('transactions.state', '=', 'COMPLETED'))
      .$if(status === 'EXPIRED', (select) =>
        select
          .where('transactions.state', '!=', 'COMPLETED')
          .where('isCancelled', '=', 0)
          .where('expiresAt', '<=', $.now),
      )
      .$if(states.length > 0, (select) => select.where(isIn(states, $.now)))
      .where((eb) =>
        eb.or([
          eb('createdAt', '<', $.beforeAt),
          eb.and([eb('createdAt', '=', $.beforeAt), eb('reference', '<', $.beforeReference)]),
        ]),
      )
      .orderBy('createdAt', 'desc')
      .orderBy('reference', 'desc')
      .limit($.limit),
  )
}

const choices = [
  'any',
  'open',
  'CREATED',
  'IN_PROGRESS',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
] as const satisfies readonly (TransactionStatus | 'open' | 'any')[]

function listings(scope: Scope) {
  return new Map(choices.map((status) => [status, listing({ scope, status })]))
}

const all = listings('all')
const own = listings('own')
const unread = listings('unread')
const offered = listings('offered')

const listed = parsedWith<ListedTransaction>((row) => ({
  transaction: transactionRows.parse(row),
  ...summaryRows.parse(row),
  ...colleagueRows.parse(row),
  proof: proofOf(row),
}))

export async function listTransactions(
  database: Database,
  filter: TransactionQuery,
): Promise<ListedTransaction[]> {
  return listed.all(database, statementOf(filter))
}

/** Uses an index to skip expired transactions, which are nearly all rows. */
const counting = query<{ now: number }>((db, $) =>
  db
    .selectFrom('transactions')
    .select((eb) => ['state', eb.fn.countAll().as('count')])
    .where(isIn(openStates, $.now))
    .groupBy('state'),
)

const countsSchema = z.array(z.object({ state: z.enum(openStates), count: z.coerce.number() }))

/** Number of open transactions by state. */
export async function countOpen(database: Database, now: number): Promise<Record<OpenState, number>> {
  const counts = countsSchema.parse(await database.read(counting({ now })))
  const countOf = (open: OpenState) => counts.find(({ state }) => state === open)?.count ?? 0
  return { CREATED: countOf('CREATED'), IN_PROGRESS: countOf('IN_PROGRESS') }
}

function queriesFor({ agentId, isUnread, offeredTo }: TransactionQuery) {
  if (offeredTo !== undefined) return offered
  if (agentId === undefined) return all
  return isUnread === true ? unread : own
}

function statementOf(wanted: TransactionQuery): Statement {
  const { realm, agentId, offeredTo, status, now, after, limit } = wanted
  const statement = queriesFor(wanted).get(status ?? 'any')
  if (statement === undefined) throw new Error(`no query for ${status}`)
  return statement({
    realm,
    agentId: offeredTo ?? agentId ?? '',
    now,
    beforeAt: after?.createdAt ?? Number.MAX_SAFE_INTEGER,
    beforeReference: after?.reference ?? '',
    limit,
  })
}
