import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Working copies of journeys, with their nodes. */
export const journeyDrafts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('journey_drafts')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('base', 'bigint')
      .addColumn('revision', 'text', (column) => column.notNull())
      .addColumn('saved_at', 'bigint', (column) => column.notNull())
      .addColumn('saved_by', 'text')
      .addColumn('saved_by_id', 'text')
      .addPrimaryKeyConstraint('journey_drafts_pk', ['realm', 'name'])
      .execute()
  },
}
