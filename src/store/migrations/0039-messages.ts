import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Messages to telephones, and when a link was last sent in one. */
export const messages: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('messages')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('transaction_hash', 'text')
      .addColumn('token_hash', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    const index = (name: string) => db.schema.createIndex(name).on('messages')
    await index('messages_due').columns(['state', 'due_at']).execute()
    await index('messages_token').column('token_hash').unique().execute()
    await index('messages_expiry').column('expires_at').execute()
    await db.schema.alterTable('transactions').addColumn('messaged_at', 'bigint').execute()
  },
}
