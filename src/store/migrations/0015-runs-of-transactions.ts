import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Which journey sessions were started for a transaction. Those that are there already are not known to be. */
export const runsOfTransactions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('journey_sessions').addColumn('transaction_hash', 'text').execute()
    // Partial: most logins complete no transaction, and should not pay for those that do.
    await db.schema
      .createIndex('journey_sessions_transaction')
      .on('journey_sessions')
      .column('transaction_hash')
      .where('transaction_hash', 'is not', null)
      .execute()
  },
}
