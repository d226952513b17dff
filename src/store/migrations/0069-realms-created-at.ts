import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When a realm was created. Its audit trail begins there. Unknown for existing realms, which keep their whole trail. */
export const realmsCreatedAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('realms').addColumn('created_at', 'bigint').execute()
  },
}
