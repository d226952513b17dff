import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * When callers confirmed the call. Webhooks that subscribe to "this is not me" also get the two new endings, so that
 * they still get one ending for each check.
 */
export const confirmedChecks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('transactions').addColumn('confirmed_at', 'bigint').execute()
    await sql`update receivers set events = replace(events, '"notMe"', '"notMe","calledMe","notVouched"')`.execute(
      db,
    )
  },
}
