import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Service accounts with their public keys. */
export const serviceAccounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('service_accounts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('is_active', 'integer', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('keys', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
