import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Questions to authenticator apps. */
export const pushes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pushes')
      .addColumn('id_hash', 'text', (column) => column.primaryKey())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('journey_session', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('answer', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('pushes_person').on('pushes').column('person_id').execute()
    await db.schema.createIndex('pushes_expiry').on('pushes').column('expires_at').execute()
  },
}
