import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** An index for lists of the newest sessions of a realm. */
export const newestSessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('sessions_newest')
      .on('sessions')
      .columns(['realm', 'created_at', 'handle'])
      .execute()
  },
}
