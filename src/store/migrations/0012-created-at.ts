import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When people were created. Those who are there already count from now on: they are that old at least. */
export const createdAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('identities')
      .addColumn('created_at', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await sql`update identities set created_at = ${Date.now()}`.execute(db)
  },
}
