import { z } from 'zod'
import type { Standing } from '../help-desk/transactions/standing.ts'
import { eventKinds, type OpenState, openStates } from '../help-desk/transactions/transaction.ts'
import type { ListedTransaction, TransactionQuery } from '../help-desk/transactions/transaction-store.ts'
import type { Database } from './database.ts'
import { query, type Statement } from './query.ts'
import { maybe, rowsOf } from './rows.ts'
import { transactionRows } from './transaction-rows.ts'

type Wanted = {
  realm: string
  agentId: string
  now: number
  beforeAt: number
  beforeReference: string
  limit: number
}

type Filter = { isOwn: boolean; standing: NonNullable<TransactionQuery['standing']> | 'any' }

/** Newest first. The conditions for `standing` must match `standingOf`. */
function listing({ isOwn, standing }: Filter) {
  const states = openStates.filter((state) => standing === 'open' || standing === state)
  return query<Wanted>((db, $) =>
    db
      .selectFrom('transactions')
      .leftJoin('transactionEvents', (join) =>
        join
          .onRef('transactionEvents.idHash', '=', 'transactions.idHash')
          .onRef('transactionEvents.sequence', '=', 'transactions.sequence'),
      )
      .selectAll('transactions')
      .select('transactionEvents.kind as lastKind')
      .select((eb) =>
        eb
          .selectFrom('transactionEvents as told')
          .whereRef('told.idHash', '=', 'transactions.idHash')
          .where('told.kind', '=', 'notification')
          .select((count) => count.fn.countAll<number>().as('count'))
          .as('notifications'),
      )
      .where('transactions.realm', '=', $.realm)
      .$if(isOwn, (select) => select.where('agentId', '=', $.agentId))
      .$if(standing === 'CANCELLED', (select) => select.where('isCancelled', '=', 1))
      .$if(standing === 'COMPLETED', (select) => select.where('transactions.state', '=', 'COMPLETED'))
      .$if(standing === 'EXPIRED', (select) =>
        select
          .where('transactions.state', '!=', 'COMPLETED')
          .where('isCancelled', '=', 0)
          .where('expiresAt', '<=', $.now),
      )
      .$if(states.length > 0, (select) =>
        select
          .where('transactions.state', 'in', states)
          .where('isCancelled', '=', 0)
          .where('expiresAt', '>', $.now),
      )
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
] as const satisfies readonly (Standing | 'open' | 'any')[]

const allOf = new Map(choices.map((standing) => [standing, listing({ isOwn: false, standing })]))
const ownOf = new Map(choices.map((standing) => [standing, listing({ isOwn: true, standing })]))

const summaries = rowsOf(
  'transactions',
  'idHash',
  z.object({ notifications: z.coerce.number(), lastKind: maybe(z.enum(eventKinds)) }),
)

export async function listTransactions(
  database: Database,
  filter: TransactionQuery,
): Promise<ListedTransaction[]> {
  const rows = await database.read(statementOf(filter))
  return rows.map((row) => ({ transaction: transactionRows.parse(row), ...summaries.parse(row) }))
}

/** Uses an index to skip expired transactions, which are nearly all rows. */
const counting = query<{ now: number }>((db, $) =>
  db
    .selectFrom('transactions')
    .select((eb) => ['state', eb.fn.countAll().as('count')])
    .where('expiresAt', '>', $.now)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .groupBy('state'),
)

const countsSchema = z.array(z.object({ state: z.enum(openStates), count: z.coerce.number() }))

/** Number of open transactions by state. */
export async function countOpen(database: Database, now: number): Promise<Record<OpenState, number>> {
  const counts = countsSchema.parse(await database.read(counting({ now })))
  const countOf = (open: OpenState) => counts.find(({ state }) => state === open)?.count ?? 0
  return { CREATED: countOf('CREATED'), IN_PROGRESS: countOf('IN_PROGRESS') }
}

function statementOf({ realm, agentId, standing, now, after, limit }: TransactionQuery): Statement {
  const queries = agentId === undefined ? allOf : ownOf
  const statement = queries.get(standing ?? 'any')
  if (statement === undefined) throw new Error(`no query for ${standing}`)
  return statement({
    realm,
    agentId: agentId ?? '',
    now,
    beforeAt: after?.createdAt ?? Number.MAX_SAFE_INTEGER,
    beforeReference: after?.reference ?? '',
    limit,
  })
}
