import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Queued calls, and the logout webhooks of a session. */
export const calls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('calls')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('calls_due').on('calls').column('due_at').execute()
    await db.schema.alterTable('sessions').addColumn('webhooks', 'text').execute()
  },
}
