import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import type { Database } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import { type Address, addressOf } from './address.ts'
import { operationError } from './failures.ts'
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
    await migrate(new Kysely({ dialect: new PostgresDialect({ pool }) }))
  } catch (error) {
    throw operationError(`The database at ${shown} cannot be used`, error)
  } finally {
    await pool.end()
  }
}
