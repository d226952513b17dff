import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Who of the leads read a rejection, beside its agent, and when the page behind a link was first shown. The index is small,
 * because agents read rejections soon.
 */
export const rejectionsRead: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('transactions').addColumn('lead_read_at', 'bigint').execute()
    await db.schema.alterTable('transactions').addColumn('lead_read_by', 'text').execute()
    await db.schema.alterTable('transactions').addColumn('viewed_at', 'bigint').execute()
    await sql`update transactions set viewed_at = (
      select min(e.at) from transaction_events e where e.id_hash = transactions.id_hash and e.kind = 'viewed'
    ) where state = 'CREATED'`.execute(db)
    await sql`create index transactions_unread on transactions (realm, agent_id)
      where rejected_at is not null and rejection_read_at is null`.execute(db)
  },
}
