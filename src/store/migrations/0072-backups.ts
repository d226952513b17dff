import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When the last backup was made: one row. */
export const backups: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('backups')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
