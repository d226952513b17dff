import type { Dialect } from 'kysely'
import { Kysely, type Transaction } from 'kysely'
import { OperationError } from '../../errors.ts'
import { migrate, migrations } from '../migrations/migrate.ts'
import type { BackupTarget, RawRow } from './ends.ts'

type AnyTables = Record<string, Record<string, unknown>>

/** Fills an empty database of either kind. @param close lets go of what the dialect uses. */
export function kyselyTarget(dialect: Dialect, close: () => Promise<void>): BackupTarget {
  const db = new Kysely<AnyTables>({ dialect })
  return {
    async prepare(migration) {
      if (migrations[migration] === undefined) {
        throw new OperationError(`The backup is of a newer version of Sidegate: it has had ${migration}`)
      }
      if ((await db.introspection.getTables()).length > 0) {
        throw new OperationError('The database is not empty: a backup goes into one that was never used')
      }
      await migrate(db, migration)
      for (const table of await tablesOf(db)) await db.deleteFrom(table).execute()
    },
    async fill(tables) {
      await db.transaction().execute(async (transaction) => {
        for await (const { table, rows } of tables) await insert(transaction, table, rows)
      })
      await migrate(db)
    },
    close,
  }
}

async function insert(
  transaction: Transaction<AnyTables>,
  table: string,
  rows: readonly RawRow[],
): Promise<void> {
  await transaction
    .insertInto(table)
    .values([...rows])
    .execute()
}

async function tablesOf(db: Kysely<AnyTables>): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.map(({ name }) => name).filter(isOurs)
}

/** Kysely's own tables say which migrations a database has had: a backup says so in its header. */
const isOurs = (table: string): boolean => !/^(kysely|sqlite)_/.test(table)

/** Others refer to their rows, which have to be there first. */
const referredTo: readonly string[] = ['identities', 'transactions']

/** Tables in an order in which they can be filled. */
export function fillingOrder(tables: readonly string[]): string[] {
  const ours = tables.filter(isOurs).sort()
  return [...referredTo, ...ours.filter((table) => !referredTo.includes(table))]
}
