import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Windows of limits, shared by all servers. */
export const limits: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('limit_windows')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('limit_windows_end').on('limit_windows').column('ends_at').execute()
  },
}
