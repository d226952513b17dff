import { type ServiceAccountStore, serviceAccountSchema } from '../oauth/service-account.ts'
import type { Database } from './database.ts'
import { deleteWith, rowsWith } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { recordsOf } from './rows.ts'
import type { ServiceAccountTable } from './tables.ts'
import { isSaved } from './writes.ts'

const accounts = recordsOf('service_accounts', 'id', serviceAccountSchema)

const all = rowsWith('serviceAccounts', [], ['name', 'id'])

const byId = rowsWith('serviceAccounts', ['id'])

const insert = query<ServiceAccountTable>((db, $) => db.insertInto('serviceAccounts').values($))

type Before = {
  beforeName: string
  beforeDescription: string
  beforeActive: number
  beforeScopes: string
  beforeKeys: string
}

const update = query<Omit<ServiceAccountTable, 'createdAt'> & Before>((db, $) =>
  db
    .updateTable('serviceAccounts')
    .set({
      name: $.name,
      description: $.description,
      isActive: $.isActive,
      scopes: $.scopes,
      keys: $.keys,
    })
    .where('id', '=', $.id)
    .where('name', '=', $.beforeName)
    .where('description', '=', $.beforeDescription)
    .where('isActive', '=', $.beforeActive)
    .where('scopes', '=', $.beforeScopes)
    .where('keys', '=', $.beforeKeys),
)

const remove = deleteWith('serviceAccounts', ['id'])

/** Stores service accounts in SQL. */
export function serviceAccountStore(database: Database): ServiceAccountStore {
  return {
    all: () => accounts.all(database, all({})),
    read: (id) => accounts.one(database, byId({ id })),
    create: (account) => isSaved(database, [guarded(insert(accounts.columnsOf(account)), 'taken')]),
    async replace(before, account) {
      const { createdAt: _stays, ...row } = accounts.columnsOf({ ...account, id: before.id })
      const { name, description, isActive, scopes, keys } = accounts.columnsOf(before)
      const from = {
        beforeName: name,
        beforeDescription: description,
        beforeActive: isActive,
        beforeScopes: scopes,
        beforeKeys: keys,
      }
      return isSaved(database, [guarded(update({ ...row, ...from }), 'changed')])
    },
    remove: (id) => isSaved(database, [guarded(remove({ id }), 'absent')]),
  }
}
