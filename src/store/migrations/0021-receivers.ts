import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Webhooks for checks, and their deliveries. */
export const receivers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('receivers')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('events', 'text', (column) => column.notNull())
      .addColumn('is_enabled', 'integer', (column) => column.notNull())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('receivers_realm').on('receivers').column('realm').execute()
    await createDeliveries(db)
    await db.schema
      .alterTable('calls')
      .addColumn('source', 'text', (column) => column.notNull().defaultTo('sealed'))
      .execute()
  },
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('receiver', 'text', (column) => column.notNull())
    .addColumn('transaction_hash', 'text')
    .addColumn('reference', 'text')
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('is_delivered', 'integer', (column) => column.notNull())
    .addColumn('last_status', 'integer')
    .addColumn('last_tried_at', 'bigint')
    .execute()
  const index = (name: string) => db.schema.createIndex(name).on('deliveries')
  await index('deliveries_newest').columns(['realm', 'created_at', 'id']).execute()
  await index('deliveries_age').column('created_at').execute()
  await index('deliveries_transaction').column('transaction_hash').execute()
  await index('deliveries_receiver').column('receiver').execute()
}
