import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Clients that registered themselves, and the hash of the token with which each manages its registration. */
export const registeredClients: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('oauth_clients').addColumn('registered_at', 'bigint').execute()
    await db.schema.alterTable('oauth_clients').addColumn('registration_token_hash', 'text').execute()
  },
}
