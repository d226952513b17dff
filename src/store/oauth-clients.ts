import {
  type ClientToWrite,
  type OauthClientRecord,
  type OauthClientStore,
  oauthClientRecordSchema,
} from '../oauth/oauth-store.ts'
import type { Database } from './database.ts'
import { deleteWith, insertRow, replaceRead, rowsWith } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { rememberedUntilWritten } from './remembered.ts'
import { recordsOf } from './rows.ts'
import type { OauthClientTable } from './tables.ts'
import { tryWrite, write } from './writes.ts'

const clients = recordsOf('oauth_clients', 'id', oauthClientRecordSchema)

const all = rowsWith('oauthClients', ['realm'], ['id'])

const byId = rowsWith('oauthClients', ['realm', 'id'])

const insert = insertRow('oauthClients')

/** Inserts the client if it was removed in the meantime. */
const replace = query<OauthClientTable>((db, $) =>
  db
    .insertInto('oauthClients')
    .values($)
    .onConflict((conflict) =>
      conflict.columns(['realm', 'id']).doUpdateSet({
        document: $.document,
        sealedSecret: $.sealedSecret,
        registeredAt: $.registeredAt,
        // rule S54: otherwise an application undoes what an administrator changed
        registrationTokenHash: $.registrationTokenHash,
      }),
    ),
)

const replaceSecret = replaceRead('oauthClients', ['realm', 'id'], ['sealedSecret'])

const remove = deleteWith('oauthClients', ['realm', 'id'])

/** Registrations of a realm go one after the other, so that each counts those before it. */
const lockRealm = query<{ realm: string }>((db, $) =>
  db
    .updateTable('realms')
    .set((realm) => ({ isActive: realm.ref('isActive') }))
    .where('path', '=', $.realm),
)

const register = query<OauthClientTable & { max: number }>((db, $) =>
  db
    .insertInto('oauthClients')
    .columns(['realm', 'id', 'document', 'sealedSecret', 'registeredAt', 'registrationTokenHash'])
    .expression(
      db
        .selectNoFrom((column) => [
          column.cast<string>(column.val($.realm), 'text').as('realm'),
          column.cast<string>(column.val($.id), 'text').as('id'),
          column.cast<string>(column.val($.document), 'text').as('document'),
          column.cast<string>(column.val($.sealedSecret), 'text').as('sealedSecret'),
          column.cast<number>(column.val($.registeredAt), 'bigint').as('registeredAt'),
          column.cast<string>(column.val($.registrationTokenHash), 'text').as('registrationTokenHash'),
        ])
        .where(
          (inner) =>
            inner
              .selectFrom('oauthClients')
              .select((column) => column.fn.countAll<number>().as('count'))
              .where('realm', '=', $.realm)
              .where('registeredAt', 'is not', null),
          '<',
          $.max,
        ),
    ),
)

const reregister = query<{
  realm: string
  id: string
  document: string
  sealedSecret: string | null
  hash: string
}>((db, $) =>
  db
    .updateTable('oauthClients')
    .set({ document: $.document, sealedSecret: $.sealedSecret })
    .where('realm', '=', $.realm)
    .where('id', '=', $.id)
    .where('registrationTokenHash', '=', $.hash),
)

const unregister = query<{ realm: string; id: string; hash: string }>((db, $) =>
  db
    .deleteFrom('oauthClients')
    .where('realm', '=', $.realm)
    .where('id', '=', $.id)
    .where('registrationTokenHash', '=', $.hash),
)

/** Changes no row if the client changed after it was read. A client that registered itself becomes an administrator's. */
const replaceAsRead = query<OauthClientTable & { readDocument: string; readSecret: string | null }>((db, $) =>
  db
    .updateTable('oauthClients')
    .set({
      document: $.document,
      sealedSecret: $.sealedSecret,
      registeredAt: $.registeredAt,
      registrationTokenHash: $.registrationTokenHash,
    })
    .where('realm', '=', $.realm)
    .where('id', '=', $.id)
    // rule S63: otherwise an import replaces a client that changed since
    .where('document', '=', $.readDocument)
    .where('sealedSecret', 'is not distinct from', $.readSecret),
)

/** Creates a client, or replaces it if it is still as it was read. */
export function clientStatement(realm: string, { client, before }: ClientToWrite): Statement {
  const row = { realm, ...clients.columnsOf(client) }
  if (before === undefined) return insert(row)
  const { document, sealedSecret } = clients.columnsOf(before)
  return replaceAsRead({ ...row, readDocument: document, readSecret: sealedSecret })
}

/** Stores OAuth 2.0 clients in SQL. */
export function oauthClientStore(database: Database): OauthClientStore {
  const remembered = rememberedUntilWritten<OauthClientRecord | undefined>(database, 'oauth_clients')

  return {
    all: (realm) => clients.all(database, all({ realm })),
    read: async (realm, id) =>
      remembered(`${realm}\n${id}`, () => clients.one(database, byId({ realm, id }))),
    async register(realm, client, max) {
      const row = { realm, ...clients.columnsOf(client), max }
      // rule S54: otherwise concurrent registrations exceed the maximum
      const unit = [guarded(lockRealm({ realm }), 'absent'), guarded(register(row), 'full')]
      return tryWrite(database, unit)
    },
    async reregister(realm, client) {
      const { id, document, sealedSecret } = clients.columnsOf(client)
      const row = { realm, id, document, sealedSecret, hash: client.registrationTokenHash ?? '' }
      return tryWrite(database, [guarded(reregister(row), 'changed')])
    },
    unregister: (realm, id, hash) =>
      tryWrite(database, [guarded(unregister({ realm, id, hash }), 'changed')]),
    async save(realm, client) {
      const row = { realm, ...clients.columnsOf(client) }
      const inserted = await database.write([guarded(insert(row), 'taken')])
      if (inserted.kind === 'saved') return true
      await database.write([replace(row)])
      return false
    },
    replaceSecret: (realm, id, from, to) =>
      write(database, [replaceSecret({ realm, id }, { sealedSecret: from }, { sealedSecret: to })]),
    remove: (realm, id) => tryWrite(database, [guarded(remove({ realm, id }), 'absent')]),
  }
}
