import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Identities, the index of their attributes, and their sessions. */
export const people: Migration = {
  async up(db: Kysely<unknown>) {
    await createIdentities(db)
    await createIdentityIndex(db)
    await createSessions(db)
  },
}

async function createIdentities(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('identities')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('rev', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('user_name', 'text', (column) => column.notNull())
    .addColumn('user_name_folded', 'text', (column) => column.notNull())
    .addColumn('is_active', 'integer', (column) => column.notNull())
    .addColumn('attributes', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('must_change_password', 'integer', (column) => column.notNull())
    .addColumn('roles', 'text', (column) => column.notNull())
    .addColumn('failure_count', 'integer', (column) => column.notNull())
    .addColumn('last_failure_at', 'bigint', (column) => column.notNull())
    .addColumn('locked_until', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('identities_user_name', ['realm', 'user_name_folded'])
    .execute()
  await db.schema.createIndex('identities_page').on('identities').columns(['realm', 'id']).execute()
}

async function createIdentityIndex(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('identity_index')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('attribute', 'text', (column) => column.notNull())
    .addColumn('value_folded', 'text', (column) => column.notNull())
    .addColumn('identity_id', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('identity_index_pk', ['realm', 'attribute', 'value_folded', 'identity_id'])
    .execute()
  await db.schema.createIndex('identity_index_identity').on('identity_index').column('identity_id').execute()
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('handle', 'text', (column) => column.notNull().unique())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('identity_id', 'text', (column) => column.notNull())
    .addColumn('username', 'text', (column) => column.notNull())
    .addColumn('properties', 'text', (column) => column.notNull())
    .addColumn('auth_level', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint', (column) => column.notNull())
    .addColumn('max_idle_minutes', 'bigint', (column) => column.notNull())
    .addColumn('max_session_minutes', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('sessions_identity').on('sessions').columns(['realm', 'identity_id']).execute()
  await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute()
}
