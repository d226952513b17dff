import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Calls at the end of a transaction, and the client and last poll of OAuth records. */
export const clientRequests: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('calls_at_end')
      .addColumn('transaction_hash', 'text', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.alterTable('oauth_records').addColumn('client_id', 'text').execute()
    await db.schema.alterTable('oauth_records').addColumn('polled_at', 'bigint').execute()
    await db.schema
      .createIndex('oauth_records_client')
      .on('oauth_records')
      .columns(['realm', 'client_id'])
      .execute()
  },
}
