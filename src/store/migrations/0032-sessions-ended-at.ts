import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When a person's sessions last ended because the account changed, or a check was approved or used. */
export const sessionsEndedAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('identities').addColumn('sessions_ended_at', 'bigint').execute()
  },
}
