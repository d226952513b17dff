import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Why an attempt of the outbox failed, and emails and calls that were given up. Until then, those were deleted. */
export const outboxProblems: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['mails', 'messages', 'calls']) {
      await db.schema.alterTable(table).addColumn('problem', 'text').execute()
    }
    // Masked recipients. Calls name their cause.
    for (const table of ['mails', 'messages']) {
      await db.schema.alterTable(table).addColumn('about', 'text').execute()
    }
    for (const table of ['mails', 'calls']) {
      await db.schema.alterTable(table).addColumn('failed_at', 'bigint').execute()
      await db.schema.dropIndex(`${table}_due`).execute()
    }
    // Entries that were given up stay for a day, and claims don't read them.
    const waiting = (name: string, table: string, columns: string[]) =>
      db.schema.createIndex(name).on(table).columns(columns).where('failed_at', 'is', null).execute()
    await waiting('mails_waiting', 'mails', ['route', 'due_at'])
    await waiting('calls_waiting', 'calls', ['due_at'])
  },
}
