import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Alarms of help desks, the content of deliveries that belong to no check, and indexes of what alarms count. Both are partial: most
 * checks are not denied, and most events are no failures.
 */
export const alarms: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('alarms')
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('person', 'text')
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('minutes', 'integer', (column) => column.notNull())
      .addColumn('involved', 'text', (column) => column.notNull())
      .addColumn('raised_at', 'bigint', (column) => column.notNull())
      .addColumn('acknowledged_at', 'bigint')
      .addColumn('acknowledged_by', 'text')
      .addPrimaryKeyConstraint('alarms_key', ['realm', 'kind', 'person_id'])
      .execute()
    await db.schema.alterTable('deliveries').addColumn('data', 'text').execute()
    await sql`create index transactions_denied on transactions (realm, ended_at) where result = 'DENIED'`.execute(
      db,
    )
    await sql`create index transaction_events_failed on transaction_events (at) where kind = 'signInFailed'`.execute(
      db,
    )
  },
}
