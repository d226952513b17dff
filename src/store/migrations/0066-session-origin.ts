import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Where a session began, so that people recognise their own. */
export const sessionOrigin: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('sessions').addColumn('browser', 'text').execute()
    await db.schema.alterTable('sessions').addColumn('address', 'text').execute()
  },
}
