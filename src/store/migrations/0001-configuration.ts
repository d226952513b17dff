import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Realms, their configuration, and the counter of its changes. */
export const configuration: Migration = {
  async up(db: Kysely<unknown>) {
    await createVersion(db)
    await db.schema
      .createTable('realms')
      .addColumn('path', 'text', (column) => column.primaryKey())
      .addColumn('is_active', 'integer', (column) => column.notNull())
      .addColumn('aliases', 'text', (column) => column.notNull())
      .addColumn('settings', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('journeys')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('journeys_pk', ['realm', 'name'])
      .execute()
    await db.schema
      .createTable('nodes')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('config', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('nodes_pk', ['realm', 'id'])
      .execute()
    await createScripts(db)
  },
}

async function createVersion(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('configuration')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute()
  await sql`insert into configuration (id, version) values (1, 0)`.execute(db)
}

async function createScripts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('scripts')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('scripts_pk', ['realm', 'id'])
    .addUniqueConstraint('scripts_name', ['realm', 'name'])
    .execute()
  await db.schema
    .createTable('custom_node_types')
    .addColumn('service_name', 'text', (column) => column.primaryKey())
    .addColumn('display_name', 'text', (column) => column.notNull().unique())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute()
}
