import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When people's email addresses last changed. */
export const mailChangedAt: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('identities').addColumn('mail_changed_at', 'bigint').execute()
  },
}
