import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The agent who took a check over from another. */
export const assignee: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('transactions').addColumn('assignee', 'text').execute()
  },
}
