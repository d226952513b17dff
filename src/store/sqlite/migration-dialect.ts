import type { DatabaseSync } from 'node:sqlite'
import { SqliteAdapter, SqliteDialect } from 'kysely'

/** Runs all pending migrations in one transaction: all or none, and with one wait for the disk instead of a hundred. */
class MigrationDialect extends SqliteDialect {
  override createAdapter() {
    return new TransactionalAdapter()
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

/** Lets Kysely's migrator use an open connection, which the caller closes. Prepares each query again. */
export function migrationDialect(raw: DatabaseSync): SqliteDialect {
  return new MigrationDialect({
    database: {
      prepare(sql) {
        const statement = raw.prepare(sql)
        return {
          reader: statement.columns().length > 0,
          // Migrations bind only values that a column can contain.
          all: (parameters) => statement.all(...(parameters as string[])),
          run: (parameters) => statement.run(...(parameters as string[])),
          iterate: (parameters) => statement.iterate(...(parameters as string[])),
        }
      },
      close: () => {},
    },
  })
}
