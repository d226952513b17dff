import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from './database.ts'
import { migrations } from './migrations/migrate.ts'
import { query } from './query.ts'

export type DatabaseFacts = { kind: 'sqlite' | 'postgresql'; version: string; migration: string }

const sqliteVersion = query<Record<string, never>>((db) =>
  db.selectNoFrom(sql<string>`sqlite_version()`.as('version')),
)

const postgresVersion = query<Record<string, never>>((db) =>
  db.selectNoFrom(sql<string>`current_setting('server_version')`.as('version')),
)

const versionSchema = z.object({ version: z.string() })

/** The kind and version of the database. An open database has the newest migration. */
export async function databaseFacts(database: Database): Promise<DatabaseFacts> {
  const kind = database.cluster.isShared ? 'postgresql' : 'sqlite'
  const [row] = await database.read(kind === 'sqlite' ? sqliteVersion({}) : postgresVersion({}))
  const { version } = versionSchema.parse(row)
  return { kind, version, migration: Object.keys(migrations).at(-1) ?? '' }
}
