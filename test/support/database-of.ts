import { type FreshDatabase, freshDatabase } from './postgres-databases.ts'

/** The tests that run on both databases run once with this, as `vitest.config.ts` says. */
const isOnPostgres = process.env.SIDEGATE_TEST_DATABASE === 'postgres'

const databases = new Map<string, Promise<FreshDatabase>>()

/** The database of a data folder: undefined where it is SQLite's, in the folder itself. */
export async function databaseOf(folder: string): Promise<string | undefined> {
  if (!isOnPostgres) return undefined
  const made = databases.get(folder) ?? freshDatabase()
  databases.set(folder, made)
  return (await made).url
}

/** Takes it away, once nobody uses it. */
export async function dropDatabaseOf(folder: string): Promise<void> {
  await (await databases.get(folder))?.drop()
  databases.delete(folder)
}
