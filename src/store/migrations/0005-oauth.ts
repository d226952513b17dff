import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Records of the OAuth 2.0 provider, its clients, and sealed key material. */
export const oauth: Migration = {
  async up(db: Kysely<unknown>) {
    await createRecords(db)
    await db.schema
      .createTable('oauth_clients')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('sealed_secret', 'text')
      .addPrimaryKeyConstraint('oauth_clients_pk', ['realm', 'id'])
      .execute()
    await db.schema
      .createTable('secrets')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute()
  },
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oauth_records')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('id_hash', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('grant_id_hash', 'text')
    .addColumn('user_code', 'text')
    .addColumn('uid_hash', 'text')
    .addColumn('expires_at', 'bigint')
    .addColumn('consumed_at', 'bigint')
    .addPrimaryKeyConstraint('oauth_records_pk', ['realm', 'model', 'id_hash'])
    .execute()
  const index = (name: string) => db.schema.createIndex(name).on('oauth_records')
  await index('oauth_records_grant').column('grant_id_hash').execute()
  await index('oauth_records_user_code').column('user_code').execute()
  await index('oauth_records_uid').column('uid_hash').execute()
  await index('oauth_records_expiry').column('expires_at').execute()
}
