import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The journey sessions that were started for a transaction. Unknown for existing ones. */
export const runsOfTransactions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('journey_sessions').addColumn('transaction_hash', 'text').execute()
    // Partial: most journey sessions belong to no transaction, and should not cost index writes.
    await db.schema
      .createIndex('journey_sessions_transaction')
      .on('journey_sessions')
      .column('transaction_hash')
      .where('transaction_hash', 'is not', null)
      .execute()
  },
}
