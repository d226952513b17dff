import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { OperationError } from '../../base/errors.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import { type Address, addressOf } from './address.ts'
import { isRetryable, operationError } from './failures.ts'
import { ignoreIdleErrors, pooledDatabase } from './pooled-database.ts'

/**
 * Opens a PostgreSQL database and migrates it to the newest version.
 * @param connections maximum number of connections; one more listens for wake-ups.
 * @throws OperationError if the database doesn't answer or refuses the sign-in. It never contains the password.
 */
export async function openPostgres(databaseUrl: string, connections: number): Promise<Database> {
  const address = addressOf(databaseUrl)
  await migrateAt(address)
  return pooledDatabase(address, connections)
}

async function migrateAt({ client, shown }: Address): Promise<void> {
  // No timeouts, because a migration can take long.
  const pool = new Pool({ ...client, max: 1, statement_timeout: 0, query_timeout: 0 })
  ignoreIdleErrors(pool)
  try {
    await pool.query('select 1')
    // If several servers start together, one migrates and the others wait, because Kysely takes an advisory lock.
    await migrateBesideServers(new Kysely({ dialect: new PostgresDialect({ pool }) }))
  } catch (error) {
    throw operationError(`The database at ${shown} cannot be used`, error)
  } finally {
    await pool.end()
  }
}

/** A migration and servers of the release before lock tables in different orders. Of one that ends in a deadlock, nothing remains. */
async function migrateBesideServers<Tables>(db: Kysely<Tables>): Promise<void> {
  for (let left = 10; ; left--) {
    try {
      return await migrate(db)
    } catch (error) {
      const isAgain = error instanceof OperationError && isRetryable(error.cause)
      if (!isAgain || left === 0) throw error
    }
  }
}
