import {
  type OauthRecord,
  type OauthStore,
  oauthRecordSchema,
  type RecordToSave,
} from '../oauth/oauth-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { insertMany } from './insert-many.ts'
import { deleteWith, insertRow, rowsWith } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { rememberedUntilWritten } from './remembered.ts'
import { recordsOf } from './rows.ts'
import type { OauthRecordTable } from './tables.ts'
import { tryWrite, write } from './writes.ts'

type Key = { realm: string; model: string; idHash: string }

const records = recordsOf('oauth_records', 'idHash', oauthRecordSchema)

const insert = insertRow('oauthRecords')

/** Saving a record again doesn't change when it was used and last polled. */
const save = insertMany(
  'oauthRecords',
  [
    'realm',
    'model',
    'idHash',
    'payload',
    'grantIdHash',
    'userCode',
    'uidHash',
    'expiresAt',
    'consumedAt',
    'clientId',
    'accountId',
    'polledAt',
  ],
  (conflict) =>
    conflict.columns(['realm', 'model', 'idHash']).doUpdateSet((eb) => ({
      payload: eb.ref('excluded.payload'),
      grantIdHash: eb.ref('excluded.grantIdHash'),
      userCode: eb.ref('excluded.userCode'),
      accountId: eb.ref('excluded.accountId'),
      uidHash: eb.ref('excluded.uidHash'),
      expiresAt: eb.ref('excluded.expiresAt'),
      consumedAt: eb.fn.coalesce('oauthRecords.consumedAt', 'excluded.consumedAt'),
    })),
)

/** Changes no row if the record was removed. */
const replace = query<Omit<OauthRecordTable, 'polledAt' | 'clientId'>>((db, $) =>
  db
    .updateTable('oauthRecords')
    .set((eb) => ({
      payload: $.payload,
      grantIdHash: $.grantIdHash,
      userCode: $.userCode,
      accountId: $.accountId,
      uidHash: $.uidHash,
      expiresAt: $.expiresAt,
      consumedAt: eb.fn.coalesce('consumedAt', eb.val($.consumedAt)),
    }))
    .where('realm', '=', $.realm)
    .where('model', '=', $.model)
    .where('idHash', '=', $.idHash),
)

const byId = rowsWith('oauthRecords', ['realm', 'model', 'idHash'])

/** What clients send, mostly without saying which it is. */
const tokenModels = ['AccessToken', 'AuthorizationCode', 'ClientCredentials', 'RefreshToken']

/** The tokens with this id, and the grant of each. With `or` instead of a union, PostgreSQL reads all grants. */
const tokenWithGrant = query<{ realm: string; idHash: string }>((db, $) => {
  const tokens = db
    .selectFrom('oauthRecords as token')
    .where('token.realm', '=', $.realm)
    .where('token.model', 'in', tokenModels)
    .where('token.idHash', '=', $.idHash)
  const grants = tokens.innerJoin('oauthRecords as grant', (join) =>
    join
      .onRef('grant.realm', '=', 'token.realm')
      .on('grant.model', '=', 'Grant')
      .onRef('grant.idHash', '=', 'token.grantIdHash'),
  )
  return tokens.selectAll('token').unionAll(grants.selectAll('grant'))
})

const byUid = rowsWith('oauthRecords', ['uidHash', 'realm', 'model'])

const byUserCode = rowsWith('oauthRecords', ['userCode', 'realm', 'model'])

const consume = query<Key & { now: number }>((db, $) =>
  db
    .updateTable('oauthRecords')
    .set({ consumedAt: $.now })
    .where('realm', '=', $.realm)
    .where('model', '=', $.model)
    .where('idHash', '=', $.idHash)
    .where('consumedAt', 'is', null),
)

const poll = query<Key & { now: number; since: number }>((db, $) =>
  db
    .updateTable('oauthRecords')
    .set({ polledAt: $.now })
    .where('realm', '=', $.realm)
    .where('model', '=', $.model)
    .where('idHash', '=', $.idHash)
    .where((eb) => eb.or([eb('polledAt', 'is', null), eb('polledAt', '<=', $.since)])),
)

const removeClient = deleteWith('oauthRecords', ['realm', 'clientId'])

const remove = deleteWith('oauthRecords', ['realm', 'model', 'idHash'])

const removeGrant = deleteWith('oauthRecords', ['grantIdHash', 'realm'])

const removeExpired = query<{ now: number; limit: number }>((db, $) =>
  db
    .deleteFrom('oauthRecords')
    .where((eb) =>
      eb(
        eb.refTuple('realm', 'model', 'idHash'),
        'in',
        eb
          .selectFrom('oauthRecords')
          .select(['realm', 'model', 'idHash'])
          .where('expiresAt', '<=', $.now)
          .limit($.limit)
          .$asTuple('realm', 'model', 'idHash'),
      ),
    ),
)

/** The grants among records, each under its own key. */
function grantsOf(found: readonly OauthRecord[]): [string, OauthRecord[]][] {
  const grants = found.filter(({ model }) => model === 'Grant')
  return grants.map((grant) => [`${grant.realm}\nGrant\n${grant.idHash}`, [grant]])
}

/** Stores the records of the OAuth 2.0 provider in SQL. */
export function oauthStore(database: Database): OauthStore {
  const remembered = rememberedUntilWritten<readonly OauthRecord[]>(database, 'oauth_records')

  return {
    async save(...entries) {
      const rowOf = ({ wasRead: _, ...record }: RecordToSave) => ({
        ...records.columnsOf(record),
        polledAt: null,
      })
      const known = entries.filter(({ wasRead }) => wasRead === true)
      const fresh = entries.filter(({ wasRead }) => wasRead !== true)
      await database.write([...known.map((entry) => replace(rowOf(entry))), ...save(fresh.map(rowOf))])
    },
    async create(record) {
      const row = { ...records.columnsOf(record), polledAt: null }
      // rule S34: otherwise concurrent requests use an assertion at once
      return tryWrite(database, [guarded(insert(row), 'taken')])
    },
    async read(realm, model, idHash) {
      const isToken = tokenModels.includes(model)
      const statement = isToken ? tokenWithGrant({ realm, idHash }) : byId({ realm, model, idHash })
      const found = await remembered(
        `${realm}\n${isToken ? 'token' : model}\n${idHash}`,
        () => records.all(database, statement),
        { others: grantsOf },
      )
      const record = found.find((each) => each.model === model)
      // rule S31: otherwise a token counts that was saved while its grant was revoked
      if (isToken && record?.grantIdHash !== undefined && grantsOf(found).length === 0) return undefined
      return record
    },
    byUid: (realm, model, uidHash) => records.one(database, byUid({ realm, model, uidHash })),
    byUserCode: (realm, model, userCode) => records.one(database, byUserCode({ realm, model, userCode })),
    consume: (realm, model, idHash, now) =>
      tryWrite(database, [guarded(consume({ realm, model, idHash, now }), 'used')]),
    poll: (realm, model, idHash, since, now) =>
      tryWrite(database, [guarded(poll({ realm, model, idHash, since, now }), 'early')]),
    remove: (realm, model, idHash) => write(database, [remove({ realm, model, idHash })]),
    removeGrant: (realm, grantIdHash) => write(database, [removeGrant({ realm, grantIdHash })]),
    removeClient: (realm, clientId) => write(database, [removeClient({ realm, clientId })]),
    deleteExpired: (now) => deleteInBatches(database, (limit) => removeExpired({ now, limit })),
  }
}
