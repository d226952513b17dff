import type { DatabaseSync } from 'node:sqlite'
import { SqliteDialect } from 'kysely'

/** Lets Kysely's migrator use an open connection, which the caller closes. Prepares each query again. */
export function migrationDialect(raw: DatabaseSync): SqliteDialect {
  return new SqliteDialect({
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
