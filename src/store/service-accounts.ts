import { type ServiceAccountStore, serviceAccountSchema } from '../oauth/service-account.ts'
import type { Database } from './database.ts'
import { deleteWith, insertRow, replaceRead, rowsWith } from './plain-statements.ts'
import { guarded } from './query.ts'
import { recordsOf } from './rows.ts'
import { tryWrite } from './writes.ts'

const accounts = recordsOf('service_accounts', 'id', serviceAccountSchema)

const all = rowsWith('serviceAccounts', [], ['name', 'id'])

const byId = rowsWith('serviceAccounts', ['id'])

const insert = insertRow('serviceAccounts')

const replace = replaceRead('serviceAccounts', ['id'], ['name', 'description', 'isActive', 'scopes', 'keys'])

const remove = deleteWith('serviceAccounts', ['id'])

/** Stores service accounts in SQL. */
export function serviceAccountStore(database: Database): ServiceAccountStore {
  return {
    all: () => accounts.all(database, all({})),
    read: (id) => accounts.one(database, byId({ id })),
    create: (account) => tryWrite(database, [guarded(insert(accounts.columnsOf(account)), 'taken')]),
    replace(before, account) {
      const read = accounts.columnsOf(before)
      return tryWrite(database, [guarded(replace(read, read, accounts.columnsOf(account)), 'changed')])
    },
    remove: (id) => tryWrite(database, [guarded(remove({ id }), 'absent')]),
  }
}
