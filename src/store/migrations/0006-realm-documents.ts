import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Configuration of a realm that is stored unparsed, by kind: email templates, themes, identity providers. */
export const realmDocuments: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('realm_documents')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('realm_documents_pk', ['realm', 'kind', 'id'])
      .execute()
  },
}
