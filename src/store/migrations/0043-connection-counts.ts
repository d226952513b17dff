import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** How often sign-ins took each connection of a journey. */
export const connectionCounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('connection_counts')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('journey', 'text', (column) => column.notNull())
      .addColumn('slot', 'bigint', (column) => column.notNull())
      .addColumn('revision', 'text', (column) => column.notNull())
      .addColumn('node_id', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('is_error', 'integer', (column) => column.notNull())
      .addColumn('duration_class', 'integer', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('connection_counts_pk', [
        'realm',
        'journey',
        'slot',
        'revision',
        'node_id',
        'outcome',
        'is_error',
        'duration_class',
      ])
      .execute()
    await db.schema.createIndex('connection_counts_slot').on('connection_counts').column('slot').execute()
  },
}
