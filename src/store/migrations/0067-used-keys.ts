import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The key of the request that used a result, so that its repetition gets its answer again. */
export const usedKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('verifications').addColumn('used_key', 'text').execute()
  },
}
