import { z } from 'zod'
import { OperationError } from '../errors.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { Database } from './database.ts'
import { query } from './query.ts'
import { rowsOf } from './rows.ts'
import type { SecretTable } from './tables.ts'

const secrets = rowsOf('secrets', 'name', z.object({ name: z.string(), sealed: z.string() }))

const byName = query<{ name: string }>((db, $) =>
  db.selectFrom('secrets').selectAll().where('name', '=', $.name),
)

const insertIfAbsent = query<SecretTable>((db, $) =>
  db
    .insertInto('secrets')
    .values($)
    .onConflict((conflict) => conflict.column('name').doNothing()),
)

/** Sealed key material in SQL. */
export function secretStore(database: Database): SecretStore {
  const read = async (name: string) => (await secrets.one(database, byName({ name })))?.sealed
  return {
    read,
    async saveIfAbsent(name, sealed) {
      await database.write([insertIfAbsent({ name, sealed })])
      const kept = await read(name)
      if (kept === undefined) throw new OperationError(`The secret ${name} was saved and is gone`)
      return kept
    },
  }
}
