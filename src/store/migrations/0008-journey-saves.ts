import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The author, time and number of saves of each journey. */
export const journeySaves: Migration = {
  async up(db: Kysely<unknown>) {
    // SQLite adds one column per statement.
    const journeys = () => db.schema.alterTable('journeys')
    await journeys()
      .addColumn('saves', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await journeys().addColumn('saved_at', 'bigint').execute()
    await journeys().addColumn('saved_by', 'text').execute()
    await journeys().addColumn('saved_by_id', 'text').execute()
  },
}
