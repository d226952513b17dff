import { type OauthClientStore, oauthClientRecordSchema } from '../oauth/oauth-store.ts'
import type { Database } from './database.ts'
import { guarded, query } from './query.ts'
import { recordsOf } from './rows.ts'
import type { OauthClientTable } from './tables.ts'

const clients = recordsOf('oauth_clients', 'id', oauthClientRecordSchema)

const all = query<{ realm: string }>((db, $) =>
  db.selectFrom('oauthClients').selectAll().where('realm', '=', $.realm).orderBy('id'),
)

const byId = query<{ realm: string; id: string }>((db, $) =>
  db.selectFrom('oauthClients').selectAll().where('realm', '=', $.realm).where('id', '=', $.id),
)

const insert = query<OauthClientTable>((db, $) => db.insertInto('oauthClients').values($))

/** Inserts the client if it was removed in the meantime. */
const replace = query<OauthClientTable>((db, $) =>
  db
    .insertInto('oauthClients')
    .values($)
    .onConflict((conflict) =>
      conflict.columns(['realm', 'id']).doUpdateSet({ document: $.document, sealedSecret: $.sealedSecret }),
    ),
)

const replaceSecret = query<{ realm: string; id: string; from: string; to: string }>((db, $) =>
  db
    .updateTable('oauthClients')
    .set({ sealedSecret: $.to })
    .where('realm', '=', $.realm)
    .where('id', '=', $.id)
    .where('sealedSecret', '=', $.from),
)

const remove = query<{ realm: string; id: string }>((db, $) =>
  db.deleteFrom('oauthClients').where('realm', '=', $.realm).where('id', '=', $.id),
)

/** Stores OAuth 2.0 clients in SQL. */
export function oauthClientStore(database: Database): OauthClientStore {
  return {
    all: (realm) => clients.all(database, all({ realm })),
    read: (realm, id) => clients.one(database, byId({ realm, id })),
    async save(realm, client) {
      const row = { realm, ...clients.columnsOf(client) }
      const inserted = await database.write([guarded(insert(row), 'taken')])
      if (inserted.kind === 'saved') return true
      await database.write([replace(row)])
      return false
    },
    async replaceSecret(realm, id, from, to) {
      await database.write([replaceSecret({ realm, id, from, to })])
    },
    async remove(realm, id) {
      return (await database.write([guarded(remove({ realm, id }), 'absent')])).kind === 'saved'
    },
  }
}
