import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { OperationError } from '../../base/errors.ts'
import { schema } from './0001-schema/schema.ts'
import { updatedAt } from './0002-updated-at.ts'

/** Every migration by name, in order. A released migration never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-schema': schema,
  '0002-updated-at': updatedAt,
}

/**
 * Counts the releases that changed the data. Servers of a release also run on data of the next one, because the migrations that
 * the next one adds are named `…after-` and this number if they only add what servers of this release don't notice.
 */
const dataRelease = 1

/**
 * Migrates a database to the newest version. Does nothing if it already has that version, or that of the next release.
 * @param last for an empty database: the migration to stop at.
 * @throws OperationError for data that this version can't use.
 */
export async function migrate<Tables>(db: Kysely<Tables>, last?: string): Promise<void> {
  const applied = await appliedMigrations(db)
  const later = laterMigrations(isFormer(applied) ? await adoptFormerTables(db, applied) : applied)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations, ...later }) },
  })
  const { error, results = [] } = await (last === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(last))
  if (error === undefined) return
  const failed = results.find(({ status }) => status === 'Error')
  const reason = error instanceof Error ? error.message : String(error)
  throw new OperationError(
    `The database cannot be migrated (${failed?.migrationName ?? 'before the first'}): ${reason}`,
    {
      cause: error,
    },
  )
}

/** Before its release, version 0.2 made the tables of its first migration in 56 steps. */
const former = { first: '0001-configuration', last: '0072-backups' }

/** The migration that makes the same tables as the former migration with this name. */
export function currentName(migration: string): string {
  return migration === former.last ? firstMigration : migration
}

const firstMigration = '0001-schema' satisfies keyof typeof migrations

const isFormer = (applied: readonly string[]) =>
  applied.includes(former.first) && (applied.at(-1) ?? '') <= former.last

/**
 * Records that a database with all former migrations has the tables of the first one.
 * @returns the migrations that it has now. @throws OperationError for a database with only some of the former ones.
 */
async function adoptFormerTables<Tables>(db: Kysely<Tables>, applied: readonly string[]): Promise<string[]> {
  if (applied.at(-1) !== former.last) {
    throw new OperationError(
      `The data is of an unfinished version of Sidegate: its newest migration is ${applied.at(-1)}, and this version continues from ${former.last}. Nothing was changed. Upgrade it first, as docs/operations.md says under Upgrades`,
    )
  }
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql`delete from kysely_migration
      where name in (${sql.join(applied)}) returning name`.execute(transaction)
    // Of servers that start together, one deletes the rows, and the others wait for its commit.
    if (rows.length === 0) return
    await sql`insert into kysely_migration (name, timestamp)
      values (${firstMigration}, ${new Date().toISOString()})`.execute(transaction)
  })
  return appliedMigrations(db)
}

/** Migrations of the next release that the database has, as members that do nothing. */
function laterMigrations(applied: readonly string[]): Record<string, Migration> {
  const later = applied.filter((name) => !Object.hasOwn(migrations, name))
  if (!later.every((name) => name.endsWith(`.after-${dataRelease}`))) {
    throw new OperationError(
      `The data is of a newer version of Sidegate: it has the migration ${later.at(-1)}, and this version knows those up to ${Object.keys(migrations).at(-1)}. Nothing was changed. Start the newer version, or restore the backup from before the upgrade`,
    )
  }
  return Object.fromEntries(later.map((name) => [name, { up: async () => undefined }]))
}

/** Names of the migrations that the database has, in order. */
async function appliedMigrations<Tables>(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}
