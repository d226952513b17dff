import { type ServiceAccountStore, serviceAccountSchema } from '../oauth/service-account.ts'
import type { Database } from './database.ts'
import { guarded, query } from './query.ts'
import { recordsOf } from './rows.ts'
import type { ServiceAccountTable } from './tables.ts'

const accounts = recordsOf('service_accounts', 'id', serviceAccountSchema)

const all = query((db) => db.selectFrom('serviceAccounts').selectAll().orderBy('name').orderBy('id'))

const byId = query<{ id: string }>((db, $) =>
  db.selectFrom('serviceAccounts').selectAll().where('id', '=', $.id),
)

const insert = query<ServiceAccountTable>((db, $) => db.insertInto('serviceAccounts').values($))

const update = query<Omit<ServiceAccountTable, 'createdAt'>>((db, $) =>
  db
    .updateTable('serviceAccounts')
    .set({
      name: $.name,
      description: $.description,
      isActive: $.isActive,
      scopes: $.scopes,
      keys: $.keys,
    })
    .where('id', '=', $.id),
)

const remove = query<{ id: string }>((db, $) => db.deleteFrom('serviceAccounts').where('id', '=', $.id))

/** Stores service accounts in SQL. */
export function serviceAccountStore(database: Database): ServiceAccountStore {
  return {
    all: () => accounts.all(database, all({})),
    read: (id) => accounts.one(database, byId({ id })),
    async create(account) {
      const created = await database.write([guarded(insert(accounts.columnsOf(account)), 'taken')])
      return created.kind === 'saved'
    },
    async replace(account) {
      const { createdAt: _stays, ...row } = accounts.columnsOf(account)
      return (await database.write([guarded(update(row), 'absent')])).kind === 'saved'
    },
    async remove(id) {
      return (await database.write([guarded(remove({ id }), 'absent')])).kind === 'saved'
    },
  }
}
