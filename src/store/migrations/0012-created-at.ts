import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * When people were created. Existing people count as created at the upgrade, because their real date is unknown and
 * earlier.
 */
export const createdAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('identities')
      .addColumn('created_at', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await sql`update identities set created_at = ${Date.now()}`.execute(db)
  },
}
