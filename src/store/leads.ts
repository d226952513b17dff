import { type ExpressionBuilder, expressionBuilder } from 'kysely'
import { z } from 'zod'
import {
  type CheckFacts,
  type CountedCheck,
  countedColumns,
  type LeadStore,
  type WallCheck,
  type WallQuery,
} from '../help-desk/leads/lead-store.ts'
import { type Denial, type eventKinds, openStates } from '../help-desk/transactions/transaction.ts'
import type { Database } from './database.ts'
import { query } from './query.ts'
import { maybe, parsedWith, recordsOf, rowsOf } from './rows.ts'
import type { Tables } from './tables.ts'
import { proofNames, proofRows, purposeColumn, summaryRows, transactionRows } from './transaction-rows.ts'
import { isIn } from './transaction-statements.ts'

/** Denials that a lead has to look at, besides rejections: not those of a caller who merely failed. */
const badEnds = ['wrongPerson', 'wrongCode'] as const satisfies Denial[]

/** What the events of the transaction of the outer query amount to. Each is a short range of the primary key. */
function facts(eb: ExpressionBuilder<Tables, 'transactions'>) {
  const eventsOf = (kind: keyof typeof eventKinds) =>
    eb
      .selectFrom('transactionEvents')
      .whereRef('transactionEvents.idHash', '=', 'transactions.idHash')
      .where('transactionEvents.kind', '=', kind)
  return [
    eventsOf('state')
      .where('transactionEvents.state', '=', 'IN_PROGRESS')
      .select(({ fn }) => fn.min('transactionEvents.at').as('at'))
      .as('openedAt'),
    eventsOf('signInFailed')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .as('failedSignIns'),
    eventsOf('codeWrong')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .as('wrongCodes'),
  ] as const
}

const factsSchema: z.ZodType<CheckFacts> = z.object({
  openedAt: maybe(z.coerce.number()),
  failedSignIns: z.coerce.number(),
  wrongCodes: z.coerce.number(),
})

/** Whether it ended after `since` in a way that leads have to look at. Reports have a longer time, and end when a lead reads them. */
function endedBadly(since: number) {
  const column: ExpressionBuilder<Tables, 'transactions'> = expressionBuilder()
  return column.and([column('denial', 'in', badEnds), column('endedAt', '>', since)])
}

/** The index on the expiry bounds the rows that are read: nothing ends after it expires. */
const wall = query<WallQuery>((db, $) =>
  db
    .selectFrom('transactions')
    .innerJoin('verifications', 'verifications.idHash', 'transactions.idHash')
    .leftJoin('transactionEvents as newest', (join) =>
      join
        .onRef('newest.idHash', '=', 'transactions.idHash')
        .onRef('newest.sequence', '=', 'transactions.sequence'),
    )
    .selectAll('transactions')
    .select(['newest.kind as lastKind', 'verifications.withdrawnAt'])
    .select((eb) =>
      eb
        .selectFrom('transactionEvents as told')
        .whereRef('told.idHash', '=', 'transactions.idHash')
        .where('told.kind', '=', 'notification')
        .select((count) => count.fn.countAll<number>().as('count'))
        .as('notifications'),
    )
    .select(facts)
    // rule H22: otherwise the wall has checks of other realms
    .where('transactions.realm', '=', $.realm)
    .where((eb) =>
      eb.or([
        eb.and([
          eb('transactions.expiresAt', '>', $.since),
          eb.or([isIn(openStates, $.now), endedBadly($.since)]),
        ]),
        // rule H22: otherwise the wall drops an alarm that only its agent has read
        eb.and([eb('rejectedAt', '>', $.unreadSince), eb('leadReadAt', 'is', null)]),
      ]),
    )
    .orderBy('transactions.state')
    .orderBy('transactions.expiresAt')
    .orderBy('transactions.reference')
    .limit($.limit),
)

const factsOfRow = rowsOf('transactions', 'reference', () => factsSchema)

const wallRows = parsedWith<WallCheck>((row) => ({
  transaction: transactionRows.parse(row),
  ...summaryRows.parse(row),
  ...factsOfRow.parse(row),
}))

type Range = {
  realm: string
  from: number
  to: number
  afterAt: number
  afterReference: string
  limit: number
}

const counted = query<Range>((db, $) =>
  db
    .selectFrom('transactions')
    .innerJoin('verifications', 'verifications.idHash', 'transactions.idHash')
    .select([
      'transactions.reference',
      'transactions.realm',
      'transactions.purpose',
      'transactions.state',
      'transactions.result',
      'transactions.denial',
      'transactions.isCancelled',
      'transactions.subject',
      'transactions.openedBy',
      'transactions.assignee',
      'transactions.createdAt',
      'transactions.expiresAt',
      'transactions.endedAt',
      'transactions.rejectedAt',
    ])
    .select(proofNames.map((name) => `verifications.${name}` as const))
    .select(facts)
    // rule H22: otherwise numbers and export have checks of other realms
    .where('transactions.realm', '=', $.realm)
    .where('transactions.createdAt', '>=', $.from)
    .where('transactions.createdAt', '<', $.to)
    .where((eb) =>
      eb.or([
        eb('transactions.createdAt', '>', $.afterAt),
        eb.and([
          eb('transactions.createdAt', '=', $.afterAt),
          eb('transactions.reference', '>', $.afterReference),
        ]),
      ]),
    )
    .orderBy('transactions.createdAt')
    .orderBy('transactions.reference')
    .limit($.limit),
)

const countedRecord = recordsOf('transactions', 'reference', countedColumns, { purpose: purposeColumn })

const countedRows = parsedWith<CountedCheck>((row) => ({
  ...countedRecord.parse(row),
  ...factsOfRow.parse(row),
  proof: proofRows.parse(row),
}))

const verified = query<{ realm: string }>((db, $) =>
  db
    .selectFrom('transactions')
    .innerJoin('verifications', 'verifications.idHash', 'transactions.idHash')
    .select('transactions.reference')
    .where('transactions.realm', '=', $.realm)
    .where('transactions.result', '=', 'APPROVED')
    .limit(1),
)

/** Reads checks for leads in SQL. */
export function leadStore(database: Database): LeadStore {
  return {
    wall: (asked) => wallRows.all(database, wall(asked)),
    counted: ({ after, from, ...range }) =>
      countedRows.all(
        database,
        counted({
          ...range,
          // The index is entered at the start of the page.
          from: after?.createdAt ?? from,
          afterAt: after?.createdAt ?? -1,
          afterReference: after?.reference ?? '',
        }),
      ),
    hasVerified: async (realm) => (await database.read(verified({ realm }))).length > 0,
  }
}
