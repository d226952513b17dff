import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Finds the audit events of one client's requests. Existing rows have no value. */
export const auditCorrelation: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('audit_rows').addColumn('correlation_id', 'text').execute()
    await db.schema
      .createIndex('audit_rows_correlation')
      .on('audit_rows')
      .columns(['correlation_id', 'sequence'])
      .where('correlation_id', 'is not', null)
      .execute()
  },
}
