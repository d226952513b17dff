import { type FreshDatabase, freshDatabase } from './postgres-databases.ts'

/** Set in the project `postgres` of `vitest.config.ts`. */
const isOnPostgres = process.env.SIDEGATE_TEST_DATABASE === 'postgres'

const databases = new Map<string, Promise<FreshDatabase>>()

/** URL of the PostgreSQL database for a data folder. Undefined on SQLite, whose database is in the folder. */
export async function databaseOf(folder: string): Promise<string | undefined> {
  if (!isOnPostgres) return undefined
  const database = databases.get(folder) ?? freshDatabase()
  databases.set(folder, database)
  return (await database).url
}

/** Drops the database of a data folder. */
export async function dropDatabaseOf(folder: string): Promise<void> {
  await (await databases.get(folder))?.drop()
  databases.delete(folder)
}
