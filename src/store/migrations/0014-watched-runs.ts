import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The run that an administrator watches. */
export const watchedRuns: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('watched_runs')
      .addColumn('watch', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('id_hash', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('watched_runs_session').on('watched_runs').column('id_hash').execute()
  },
}
