import { type Kysely, SqliteAdapter, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The person of OAuth records, so that these end with the person. */
export const recordsOfPeople: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('oauth_records').addColumn('account_id', 'text').execute()
    const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
    const payload = isSqlite ? sql`payload` : sql`payload::json`
    await sql`update oauth_records set account_id = ${payload} ->> 'accountId'`.execute(db)
    await db.schema
      .createIndex('oauth_records_account')
      .on('oauth_records')
      .columns(['realm', 'account_id'])
      .execute()
  },
}
