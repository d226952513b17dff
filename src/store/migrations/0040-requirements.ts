import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What a check needed when it was opened, and when and by whom its result was withdrawn. */
export const requirements: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('verifications').addColumn('requirement', 'text').execute()
    await db.schema.alterTable('verifications').addColumn('withdrawn_at', 'bigint').execute()
    await db.schema.alterTable('verifications').addColumn('withdrawn_by', 'text').execute()
  },
}
