import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Indexes that give the oldest entry of each outbox. */
export const oldestUnsent: Migration = {
  async up(db: Kysely<unknown>) {
    const index = (table: string, columns: string[]) =>
      db.schema.createIndex(`${table}_oldest`).on(table).columns(columns)
    // Entries that were given up stay for a day. Messages that were sent stay until they expire.
    await index('mails', ['created_at']).where('failed_at', 'is', null).execute()
    await index('calls', ['created_at']).where('failed_at', 'is', null).execute()
    await index('messages', ['state', 'created_at']).execute()
  },
}
