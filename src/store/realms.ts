import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type Realm, realmSchema } from '../realms/realm.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import { countVersionUp } from './configuration-version.ts'
import type { Database } from './database.ts'
import { withoutRealm } from './esvs.ts'
import { deleteWith, replaceRead, rowsWith, updateWith, upsertRow } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { realmVersion } from './recorded-versions.ts'
import { recordsOf } from './rows.ts'
import { tryWrite } from './writes.ts'

const realms = recordsOf('realms', 'path', realmSchema)

const all = rowsWith('realms', [], ['path'])

const byPath = rowsWith('realms', ['path'])

const save = upsertRow('realms', ['path'], ['isActive', 'aliases', 'settings'])

const reseal = replaceRead('realms', ['path'], ['settings'])

const replace = replaceRead('realms', ['path'], ['isActive', 'aliases', 'settings'])

/** As they are stored: parsed settings have defaults that the stored text may lack. */
const storedSchema = z.object({ isActive: z.number(), aliases: z.string(), settings: z.string() })

const remove = deleteWith('realms', ['path'])

/** Every table with the content of a realm. Rows that refer to these rows are deleted with them. */
export const contents = [
  'journeys',
  'nodes',
  'scripts',
  'realmDocuments',
  'identities',
  'sessions',
  'transactions',
  'journeySessions',
  'watchedRuns',
  'oauthRecords',
  'oauthClients',
  'callsAtEnd',
  'receivers',
  'deliveries',
  'versions',
  'journeyDrafts',
  'messages',
  'connectionCounts',
  'pushes',
  'mails',
  'verifications',
  'approvals',
  'alarms',
  'shortCodes',
] as const

const emptyOut = contents.map((table) =>
  query<{ path: string }>((db, $) => db.deleteFrom(table).where('realm', '=', $.path)),
)

const replaceSettings = updateWith('realms', ['path'], ['settings'])

/** Saves the settings of an existing realm. Changes no row if it was removed. */
export function replaceRealm(realm: Realm): Statement {
  const { path, settings } = realms.columnsOf(realm)
  return replaceSettings({ path, settings })
}

function isSame(one: Realm, other: Realm): boolean {
  return isDeepStrictEqual(realms.columnsOf(one), realms.columnsOf(other))
}

/** Stores realms in SQL. */
export function realmStore(database: Database): RealmStore {
  return {
    all: () => realms.all(database, all({})),
    read: (path) => realms.one(database, byPath({ path })),
    async save(realm, mark) {
      const [known] = await database.read(byPath({ path: realm.path }))
      // Also what a write for an earlier realm saved too late.
      const forgotten = known === undefined ? [withoutRealm(realm.path)] : []
      await database.write([
        countVersionUp,
        ...realmVersion(realm, mark),
        ...forgotten,
        save(realms.columnsOf(realm)),
      ])
    },
    async replace(before, after, mark) {
      const [row] = await database.read(byPath({ path: before.path }))
      if (row === undefined || !isSame(realms.parse(row), before)) return false
      const replaced = replace(before, storedSchema.parse(row), realms.columnsOf(after))
      const unit = [countVersionUp, ...realmVersion(after, mark), guarded(replaced, 'changed')]
      return tryWrite(database, unit)
    },
    async reseal(path, change) {
      const [row] = await database.read(byPath({ path }))
      if (row === undefined) return
      const { settings } = realms.parse(row)
      const changed = change(settings)
      if (changed === settings) return
      // The stored text, because the parsed settings have defaults that it may lack.
      const before = z.string().parse(row.settings)
      const after = JSON.stringify(changed)
      await database.write([countVersionUp, reseal({ path }, { settings: before }, { settings: after })])
    },
    remove: (path) =>
      tryWrite(database, [
        guarded(remove({ path }), 'absent'),
        ...emptyOut.map((statement) => statement({ path })),
        // rule S36: otherwise a realm with the path of a removed one reads its secrets
        withoutRealm(path),
        countVersionUp,
      ]),
  }
}
