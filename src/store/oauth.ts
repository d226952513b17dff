import { type OauthStore, oauthRecordSchema } from '../oauth/oauth-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { guarded, query } from './query.ts'
import { recordsOf } from './rows.ts'
import type { OauthRecordTable } from './tables.ts'

type Key = { realm: string; model: string; idHash: string }

const records = recordsOf('oauth_records', 'idHash', oauthRecordSchema)

const insert = query<OauthRecordTable>((db, $) => db.insertInto('oauthRecords').values($))

/** Saving a record again doesn't change when it was used and last polled. */
const save = query<OauthRecordTable>((db, $) =>
  db
    .insertInto('oauthRecords')
    .values($)
    .onConflict((conflict) =>
      conflict.columns(['realm', 'model', 'idHash']).doUpdateSet((eb) => ({
        payload: $.payload,
        grantIdHash: $.grantIdHash,
        userCode: $.userCode,
        accountId: $.accountId,
        uidHash: $.uidHash,
        expiresAt: $.expiresAt,
        consumedAt: eb.fn.coalesce('oauthRecords.consumedAt', 'excluded.consumedAt'),
      })),
    ),
)

const byId = query<Key>((db, $) =>
  db
    .selectFrom('oauthRecords')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('model', '=', $.model)
    .where('idHash', '=', $.idHash),
)

const byUid = query<{ realm: string; model: string; uidHash: string }>((db, $) =>
  db
    .selectFrom('oauthRecords')
    .selectAll()
    .where('uidHash', '=', $.uidHash)
    .where('realm', '=', $.realm)
    .where('model', '=', $.model),
)

const byUserCode = query<{ realm: string; model: string; userCode: string }>((db, $) =>
  db
    .selectFrom('oauthRecords')
    .selectAll()
    .where('userCode', '=', $.userCode)
    .where('realm', '=', $.realm)
    .where('model', '=', $.model),
)

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

const removeClient = query<{ realm: string; clientId: string }>((db, $) =>
  db.deleteFrom('oauthRecords').where('realm', '=', $.realm).where('clientId', '=', $.clientId),
)

const remove = query<Key>((db, $) =>
  db
    .deleteFrom('oauthRecords')
    .where('realm', '=', $.realm)
    .where('model', '=', $.model)
    .where('idHash', '=', $.idHash),
)

const removeGrant = query<{ realm: string; grantIdHash: string }>((db, $) =>
  db.deleteFrom('oauthRecords').where('grantIdHash', '=', $.grantIdHash).where('realm', '=', $.realm),
)

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

/** Stores the records of the OAuth 2.0 provider in SQL. */
export function oauthStore(database: Database): OauthStore {
  return {
    async save(record) {
      await database.write([save({ ...records.columnsOf(record), polledAt: null })])
    },
    async create(record) {
      const row = { ...records.columnsOf(record), polledAt: null }
      // rule S34: otherwise concurrent requests use an assertion at once
      return (await database.write([guarded(insert(row), 'taken')])).kind === 'saved'
    },
    read: (realm, model, idHash) => records.one(database, byId({ realm, model, idHash })),
    byUid: (realm, model, uidHash) => records.one(database, byUid({ realm, model, uidHash })),
    byUserCode: (realm, model, userCode) => records.one(database, byUserCode({ realm, model, userCode })),
    async consume(realm, model, idHash, now) {
      const consumed = await database.write([guarded(consume({ realm, model, idHash, now }), 'used')])
      return consumed.kind === 'saved'
    },
    async poll(realm, model, idHash, since, now) {
      const polled = await database.write([guarded(poll({ realm, model, idHash, since, now }), 'early')])
      return polled.kind === 'saved'
    },
    async remove(realm, model, idHash) {
      await database.write([remove({ realm, model, idHash })])
    },
    async removeGrant(realm, grantIdHash) {
      await database.write([removeGrant({ realm, grantIdHash })])
    },
    async removeClient(realm, clientId) {
      await database.write([removeClient({ realm, clientId })])
    },
    deleteExpired: (now) => deleteInBatches(database, (limit) => removeExpired({ now, limit })),
  }
}
