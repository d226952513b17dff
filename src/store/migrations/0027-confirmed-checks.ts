import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * When callers said that they called. Webhooks that get "this is not me" also get the two endings that belong beside it,
 * so that each check still has one end for them.
 */
export const confirmedChecks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('transactions').addColumn('confirmed_at', 'bigint').execute()
    await sql`update receivers set events = replace(events, '"notMe"', '"notMe","calledMe","notVouched"')`.execute(
      db,
    )
  },
}
