import { type ExpressionBuilder, expressionBuilder } from 'kysely'
import { handOverMs, openStates } from '../help-desk/transactions/transaction.ts'
import { query } from './query.ts'
import type { Tables } from './tables.ts'
import { isIn } from './transaction-statements.ts'

/** Whether a transaction is about a person. */
function isAbout(realm: string, personId: string) {
  const column: ExpressionBuilder<Tables, 'transactions'> = expressionBuilder()
  return column.and([
    column('transactions.realm', '=', realm),
    column.or([
      column('transactions.subjectId', '=', personId),
      column('transactions.vouchForId', '=', personId),
    ]),
  ])
}

type AboutPerson = { realm: string; personId: string; now: number }

/** Open transactions about one person. */
export const openAbout = query<AboutPerson>((db, $) =>
  db
    .selectFrom('transactions')
    .selectAll()
    .where(isAbout($.realm, $.personId))
    .where(isIn(openStates, $.now))
    .orderBy('createdAt'),
)

/** Ids of checks about one person with a result that may still be used. */
export const usableAbout = query<AboutPerson>((db, $) =>
  db
    .selectFrom('transactions')
    .innerJoin('verifications', 'verifications.idHash', 'transactions.idHash')
    .select('transactions.idHash')
    .where(isAbout($.realm, $.personId))
    .where('transactions.result', '=', 'APPROVED')
    .where('rejectedAt', 'is', null)
    .where((eb) => eb(eb('endedAt', '+', handOverMs), '>', $.now))
    .where('usedAt', 'is', null)
    .where('withdrawnAt', 'is', null),
)

/** The newest transactions about one person that were opened after `since`. */
export const newestAbout = query<Omit<AboutPerson, 'now'> & { since: number; limit: number }>((db, $) =>
  db
    .selectFrom('transactions')
    .leftJoin('verifications', 'verifications.idHash', 'transactions.idHash')
    .selectAll('transactions')
    .select('verifications.usedAt')
    .where(isAbout($.realm, $.personId))
    .where('createdAt', '>', $.since)
    .orderBy('createdAt', 'desc')
    .limit($.limit),
)
