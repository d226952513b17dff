import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Variables and secrets of the server, and the sealed values of the secrets. */
export const esvs: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('esvs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('realms', 'text')
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_by', 'text', (column) => column.notNull())
      // Only variables have these two.
      .addColumn('expression_type', 'text')
      .addColumn('value', 'text')
      // Only secrets have these three.
      .addColumn('encoding', 'text')
      .addColumn('use_in_placeholders', 'integer')
      .addColumn('active_version', 'integer')
      .execute()
    await db.schema
      .createTable('esv_versions')
      .addColumn('secret_id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('esv_versions_key', ['secret_id', 'version'])
      .execute()
  },
}
