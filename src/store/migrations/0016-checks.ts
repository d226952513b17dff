import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The check of a transaction, and the person it is about, for the pause after "this is not me". */
export const checks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('verifications')
      .addColumn('id_hash', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('codes', 'text', (column) => column.notNull())
      .addColumn('tries_left', 'integer', (column) => column.notNull())
      .addColumn('matched_at', 'bigint')
      .addColumn('is_bound', 'integer', (column) => column.notNull())
      .addColumn('methods', 'text', (column) => column.notNull())
      .addColumn('level', 'integer', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('used_by', 'text')
      .execute()
    await db.schema.alterTable('transactions').addColumn('subject_id', 'text').execute()
    await db.schema.alterTable('transactions').addColumn('pause_lifted', 'integer').execute()
    await db.schema
      .createIndex('transactions_of_subject')
      .on('transactions')
      .columns(['realm', 'subject_id', 'created_at'])
      .execute()
  },
}
