import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Journey sessions and the frozen journeys that they run. */
export const journeySessions: Migration = {
  async up(db: Kysely<unknown>) {
    // Short columns first, so that SQLite reads them without the long sealed ones.
    await db.schema
      .createTable('journey_sessions')
      .addColumn('id_hash', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('journey', 'text', (column) => column.notNull())
      .addColumn('revision', 'text', (column) => column.notNull())
      .addColumn('step', 'integer', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('suspended_hash', 'text')
      .addColumn('last_request', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('last_answer', 'text')
      .execute()
    await createIndexes(db)
    await db.schema
      .createTable('journey_revisions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('saved_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).on('journey_sessions')
  await index('journey_sessions_recent').columns(['realm', 'started_at']).execute()
  await index('journey_sessions_revision').column('revision').execute()
  await index('journey_sessions_expiry').column('expires_at').execute()
  // Partial: few journey sessions are suspended, and the others should not cost index writes.
  await index('journey_sessions_suspended')
    .column('suspended_hash')
    .where('suspended_hash', 'is not', null)
    .execute()
}
