import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Signatures of both ends of the audit chain. Servers of earlier versions don't change them. */
export const auditSignatures: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('audit_chain').addColumn('end_signature', 'text').execute()
    await db.schema.alterTable('audit_chain').addColumn('beginning_signature', 'text').execute()
  },
}
