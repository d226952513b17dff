import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** E-mail templates that were written without a realm went to alpha; they now belong to every realm. */
export const globalTemplates: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`update realm_documents set realm = '*' where realm = '/alpha' and kind = 'emailTemplate'`.execute(
      db,
    )
  },
}
