import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Offers to hand a check over, and who read a rejection. Rejections from before count as read. The index is small, because few
 * checks are offered at a time.
 */
export const offers: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['offer', 'offered_to', 'rejection_read_by']) {
      await db.schema.alterTable('transactions').addColumn(column, 'text').execute()
    }
    await db.schema.alterTable('transactions').addColumn('rejection_read_at', 'bigint').execute()
    await sql`update transactions set rejection_read_at = rejected_at where rejected_at is not null`.execute(
      db,
    )
    await sql`create index transactions_offered on transactions (realm, offered_to) where offered_to is not null`.execute(
      db,
    )
  },
}
