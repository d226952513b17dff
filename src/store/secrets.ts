import { z } from 'zod'
import { OperationError } from '../base/errors.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { Database } from './database.ts'
import { deleteWith, rowsWith } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { rowsOf } from './rows.ts'
import type { SecretTable } from './tables.ts'
import { isSaved, write } from './writes.ts'

const secrets = rowsOf('secrets', 'name', () => z.object({ name: z.string(), sealed: z.string() }))

const byName = rowsWith('secrets', ['name'])

const like = query<{ pattern: string }>((db, $) =>
  db.selectFrom('secrets').selectAll().where('name', 'like', $.pattern).orderBy('name'),
)

const insertIfAbsent = query<SecretTable>((db, $) =>
  db
    .insertInto('secrets')
    .values($)
    .onConflict((conflict) => conflict.column('name').doNothing()),
)

const replace = query<{ name: string; from: string; to: string }>((db, $) =>
  db.updateTable('secrets').set({ sealed: $.to }).where('name', '=', $.name).where('sealed', '=', $.from),
)

const remove = deleteWith('secrets', ['name'])

/** One query for each table that can contain sealed text. Each returns one matching row. */
const holders = [
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('identities').select('id').where('attributes', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('nodes').select('id').where('config', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('realmDocuments').select('id').where('document', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('versions').select('id').where('content', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('journeyDrafts').select('name').where('document', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('journeyRevisions').select('id').where('content', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('journeySessions').select('idHash').where('body', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('oauthRecords').select('idHash').where('payload', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('oauthClients').select('id').where('sealedSecret', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('verifications').select('idHash').where('codes', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('mails').select('id').where('body', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('messages').select('id').where('body', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('realms').select('path').where('settings', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('esvVersions').select('secretId').where('sealed', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('receivers').select('id').where('secret', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db.selectFrom('calls').select('id').where('body', 'like', $.pattern).limit(1),
  ),
  query<{ pattern: string }>((db, $) =>
    db
      .selectFrom('secrets')
      .select('name')
      .where('sealed', 'like', $.pattern)
      // Root keys are sealed under the master key. The search is for texts sealed under root keys.
      .where('name', 'not like', 'root key %')
      .limit(1),
  ),
]

/** Stores sealed key material in SQL. */
export function secretStore(database: Database): SecretStore {
  const read = async (name: string) => (await secrets.one(database, byName({ name })))?.sealed
  return {
    read,
    byPrefix: (prefix) => secrets.all(database, like({ pattern: `${prefix}%` })),
    async saveIfAbsent(name, sealed) {
      await database.write([insertIfAbsent({ name, sealed })])
      const stored = await read(name)
      if (stored === undefined)
        throw new OperationError(`The secret ${name} was removed while it was being saved`)
      return stored
    },
    async replace(changes) {
      const unit = changes.map((change) => guarded(replace(change), 'changed'))
      return isSaved(database, unit)
    },
    remove: (name) => write(database, [remove({ name })]),
    async isInUse(text) {
      for (const holder of holders) {
        if ((await database.read(holder({ pattern: `%${text}%` }))).length > 0) return true
      }
      return false
    },
  }
}
