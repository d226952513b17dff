import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const noHash = '0'.repeat(64)

/** The audit book: waiting entries, the chain of rows, indexed values of rows, and the ends of the chain. */
export const audit: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('audit_waiting')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('is_open', 'integer', (column) => column.notNull())
      .addColumn('saved_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('audit_rows')
      .addColumn('sequence', 'bigint', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('audit_rows_realm').on('audit_rows').columns(['realm', 'sequence']).execute()
    await db.schema.createIndex('audit_rows_at').on('audit_rows').columns(['at', 'sequence']).execute()
    await db.schema
      .createTable('audit_index')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('field', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('sequence', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('audit_index_pk', ['realm', 'field', 'value', 'sequence'])
      .execute()
    await createChain(db)
  },
}

/** A single row: both ends of the chain, and how long rows are kept. */
async function createChain(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_chain')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('head_sequence', 'bigint', (column) => column.notNull())
    .addColumn('head_hash', 'text', (column) => column.notNull())
    .addColumn('removed_sequence', 'bigint', (column) => column.notNull())
    .addColumn('removed_hash', 'text', (column) => column.notNull())
    .addColumn('retention_days', 'integer', (column) => column.notNull())
    .addColumn('keeps_nodes', 'integer', (column) => column.notNull())
    .execute()
  await sql`
    insert into audit_chain
      (id, head_sequence, head_hash, removed_sequence, removed_hash, retention_days, keeps_nodes)
      values (1, 0, ${noHash}, 0, ${noHash}, 365, 0)`.execute(db)
}
