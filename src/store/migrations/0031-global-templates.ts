import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Email templates that were saved without a realm belonged to alpha. They now belong to every realm. */
export const globalTemplates: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`update realm_documents set realm = '*' where realm = '/alpha' and kind = 'emailTemplate'`.execute(
      db,
    )
  },
}
