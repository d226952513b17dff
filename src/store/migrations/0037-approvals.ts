import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Requests to second agents, and an index of the few people with roles. The query uses the same condition. */
export const approvals: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('approvals')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('journey_session', 'text', (column) => column.notNull())
      .addColumn('journey', 'text', (column) => column.notNull())
      .addColumn('requested_by', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('chosen_id', 'text')
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('answered_by', 'text')
      .addColumn('decline_reason', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('answered_at', 'bigint')
      .addColumn('used_at', 'bigint')
      .execute()
    await db.schema
      .createIndex('approvals_journey_session')
      .on('approvals')
      .column('journey_session')
      .execute()
    await db.schema.createIndex('approvals_realm').on('approvals').columns(['realm', 'created_at']).execute()
    await db.schema.createIndex('approvals_created_at').on('approvals').column('created_at').execute()
    await sql`create index identities_with_roles on identities (realm, id) where roles <> '[]'`.execute(db)
  },
}
