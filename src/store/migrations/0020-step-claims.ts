import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The server that runs a step. */
export const stepClaims: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('journey_sessions').addColumn('claimed_by', 'text').execute()
    await db.schema.alterTable('journey_sessions').addColumn('claimed_until', 'bigint').execute()
  },
}
