import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When telephone numbers and managers last changed, and which sessions an approved check created. */
export const accountChanges: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('identities').addColumn('telephone_number_changed_at', 'bigint').execute()
    await db.schema.alterTable('identities').addColumn('manager_changed_at', 'bigint').execute()
    await db.schema.alterTable('sessions').addColumn('approval_hash', 'text').execute()
  },
}
