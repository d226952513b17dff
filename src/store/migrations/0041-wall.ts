import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Finds the transactions of a realm that run or ended recently, and those that were rejected, for the wall of its leads. */
export const wall: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('transactions_of_realm_by_expiry')
      .on('transactions')
      .columns(['realm', 'expires_at'])
      .execute()
    await db.schema
      .createIndex('transactions_rejected')
      .on('transactions')
      .columns(['realm', 'rejected_at'])
      .where('rejected_at', 'is not', null)
      .execute()
  },
}
