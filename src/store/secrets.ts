import { z } from 'zod'
import { OperationError } from '../base/errors.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { Database } from './database.ts'
import { deleteWith, replaceRead, rowsWith } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { rowsOf } from './rows.ts'
import type { SecretTable, Tables } from './tables.ts'
import { tryWrite, write } from './writes.ts'

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

const replace = replaceRead('secrets', ['name'], ['sealed'])

const remove = deleteWith('secrets', ['name'])

/** Queries for one row of each table that can contain sealed text. */
const holders = [
  ...(
    [
      ['identities', 'attributes'],
      ['nodes', 'config'],
      ['realmDocuments', 'document'],
      ['versions', 'content'],
      ['journeyDrafts', 'document'],
      ['journeyRevisions', 'content'],
      ['journeySessions', 'body'],
      ['oauthRecords', 'payload'],
      ['oauthClients', 'sealedSecret'],
      ['verifications', 'codes'],
      ['mails', 'body'],
      ['messages', 'body'],
      ['realms', 'settings'],
      ['esvVersions', 'sealed'],
      ['receivers', 'secret'],
      ['calls', 'body'],
    ] as const
  ).map(([table, column]) => holder(table, column)),
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

function holder(table: keyof Tables, column: string) {
  // Kysely can't type a choice of tables and columns.
  const [rows, text] = [table as 'nodes', column as 'config']
  return query<{ pattern: string }>((db, $) =>
    db.selectFrom(rows).select(text).where(text, 'like', $.pattern).limit(1),
  )
}

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
      const unit = changes.map(({ name, from, to }) =>
        guarded(replace({ name }, { sealed: from }, { sealed: to }), 'changed'),
      )
      return tryWrite(database, unit)
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
