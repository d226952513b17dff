import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Rows that servers write to find out whether the database can save. */
export const saveProbes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('save_probes')
      .addColumn('slot', 'integer', (column) => column.primaryKey())
      .addColumn('saved_at', 'bigint', (column) => column.notNull())
      .addColumn('padding', 'text', (column) => column.notNull())
      .execute()
  },
}
