import type { Dialect } from 'kysely'
import { Kysely, type Transaction } from 'kysely'
import { OperationError } from '../../base/errors.ts'
import { currentName, migrate, migrations } from '../migrations/migrate.ts'
import type { BackupTarget, RawRow } from './ends.ts'
import { fillingOrder } from './filling-order.ts'

type AnyTables = Record<string, Record<string, unknown>>

type Needs = {
  dialect: Dialect
  /** An error with the failed operation and the database's reason. */
  failed(what: string, error: unknown): OperationError
  /** Releases the dialect's connections. */
  close(): Promise<void>
}

/** Fills an empty database of either dialect. */
export function kyselyTarget({ dialect, failed, close }: Needs): BackupTarget {
  const db = new Kysely<AnyTables>({ dialect })
  const fail = (error: unknown): never => {
    throw error instanceof OperationError ? error : failed('The backup was not restored', error)
  }

  async function prepare(saved: string): Promise<void> {
    const migration = currentName(saved)
    if (migrations[migration] === undefined) {
      throw new OperationError(
        `The backup is from a newer version of Sidegate, or from an unfinished one before 0.2: its last migration is ${saved}`,
      )
    }
    if ((await db.introspection.getTables()).length > 0) {
      throw new OperationError('The database is not empty. Restore the backup into one that was never used.')
    }
    await migrate(db, migration)
    const tables = await db.introspection.getTables()
    for (const table of fillingOrder(tables.map(({ name }) => name))) await db.deleteFrom(table).execute()
  }

  async function fill(tables: Parameters<BackupTarget['fill']>[0]): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      for await (const { table, rows } of tables) await insert(transaction, table, rows)
    })
    await migrate(db)
  }

  return {
    prepare: (migration) => prepare(migration).catch(fail),
    fill: (tables) => fill(tables).catch(fail),
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
