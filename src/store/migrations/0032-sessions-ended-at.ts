import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When the sessions of people last ended because their account changed or a check of them was approved or used. */
export const sessionsEndedAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('identities').addColumn('sessions_ended_at', 'bigint').execute()
  },
}
