import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Backchannel transactions and their events. */
export const transactions: Migration = {
  async up(db: Kysely<unknown>) {
    await createTransactions(db)
    await createEvents(db)
  },
}

async function createTransactions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('transactions')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('journey', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('is_cancelled', 'integer', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('notification_data', 'text')
    .addColumn('session_properties', 'text', (column) => column.notNull())
    .addColumn('allow_retry', 'integer', (column) => column.notNull())
    .addColumn('tracking_id', 'text')
    .addColumn('audit_tracking_id', 'text', (column) => column.notNull())
    .addColumn('opened_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('transactions_expiry').on('transactions').column('expires_at').execute()
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('transaction_events')
    .addColumn('id_hash', 'text', (column) =>
      column.notNull().references('transactions.id_hash').onDelete('cascade'),
    )
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text')
    .addColumn('result', 'text')
    .addColumn('key', 'text')
    .addColumn('data', 'text')
    .addPrimaryKeyConstraint('transaction_events_pk', ['id_hash', 'sequence'])
    .addUniqueConstraint('transaction_events_key', ['id_hash', 'key'])
    .execute()
}
