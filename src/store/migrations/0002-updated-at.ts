import type { Migration } from 'kysely/migration'
import { execute } from './execute.ts'

/** When people changed, for the claim `updated_at`. */
export const updatedAt: Migration = {
  up: (db) => execute(db, 'alter table identities add column updated_at bigint'),
}
