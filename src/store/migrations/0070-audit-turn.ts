import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The server that chains the audit entries of all servers, and until when. */
export const auditTurn: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('audit_chain').addColumn('chainer', 'text').execute()
    await db.schema.alterTable('audit_chain').addColumn('chainer_until', 'bigint').execute()
  },
}
