import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Lists of the newest sessions of a realm read no more than they show. */
export const newestSessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('sessions_newest')
      .on('sessions')
      .columns(['realm', 'created_at', 'handle'])
      .execute()
  },
}
