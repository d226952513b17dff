import { type PushChange, pushSchema } from '../people/devices/push/push.ts'
import type { PushStore } from '../people/devices/push/push-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { PushTable } from './tables.ts'

const pushes = recordsOf('pushes', 'idHash', pushSchema)

const insert = query<PushTable>((db, $) => db.insertInto('pushes').values($))

const byId = query<{ idHash: string }>((db, $) =>
  db.selectFrom('pushes').selectAll().where('idHash', '=', $.idHash),
)

const answer = query<{ idHash: string; state: PushTable['state']; answer: string; now: number }>((db, $) =>
  db
    .updateTable('pushes')
    .set({ state: $.state, answer: $.answer })
    .where('idHash', '=', $.idHash)
    .where('state', '=', 'waiting')
    .where('expiresAt', '>', $.now),
)

const use = query<{ idHash: string }>((db, $) =>
  db
    .updateTable('pushes')
    .set({ state: 'used', answer: null })
    .where('idHash', '=', $.idHash)
    .where('state', '=', 'approved'),
)

const removeExpired = query<{ before: number; limit: number }>((db, $) =>
  db
    .deleteFrom('pushes')
    .where('idHash', 'in', (eb) =>
      eb.selectFrom('pushes').select('idHash').where('expiresAt', '<', $.before).limit($.limit),
    ),
)

/** A change of a step, in its unit. */
export function changePush(change: PushChange): Statement<'push'> {
  const statement =
    change.kind === 'ask' ? insert(pushes.columnsOf(change.push)) : use({ idHash: change.idHash })
  return guarded(statement, 'push')
}

/** Stores pushes in SQL. */
export function pushStore(database: Database): PushStore {
  return {
    read: (idHash) => pushes.one(database, byId({ idHash })),
    async answer(idHash, state, sealed, now) {
      const answered = answer({ idHash, state, answer: sealed, now })
      return (await database.write([guarded(answered, 'push')])).kind === 'saved'
    },
    deleteExpiredBefore: (before) => deleteInBatches(database, (limit) => removeExpired({ before, limit })),
  }
}
