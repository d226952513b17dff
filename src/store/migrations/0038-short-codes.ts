import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Codes that stand for the links of transactions: a keyed MAC and a sealed link. */
export const shortCodes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('short_codes')
      .addColumn('id_hash', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('link', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addPrimaryKeyConstraint('short_codes_pk', ['id_hash', 'channel'])
      .addUniqueConstraint('short_codes_mac', ['mac'])
      .execute()
    await db.schema.createIndex('short_codes_expiry').on('short_codes').column('expires_at').execute()
  },
}
