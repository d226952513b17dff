import { z } from 'zod'
import { type PushChange, pushSchema } from '../people/devices/push/push.ts'
import type { AnswerEffects, PushStore } from '../people/devices/push/push-store.ts'
import { insertWaiting } from './audit.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { takeOf } from './limits.ts'
import { deleteBefore, insertRow, rowsWith } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { PushTable } from './tables.ts'
import { tryWrite } from './writes.ts'

const pushes = recordsOf('pushes', 'idHash', pushSchema)

const insert = insertRow('pushes')

const byId = rowsWith('pushes', ['idHash'])

type Owner = { realm: string; personId: string; now: number }

/** An approval gives its place back. */
const countOpen = query<Owner>((db, $) =>
  db
    .selectFrom('pushes')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('personId', '=', $.personId)
    .where('realm', '=', $.realm)
    .where('kind', '=', 'authenticate')
    .where('expiresAt', '>', $.now)
    .where('state', 'in', ['waiting', 'denied']),
)

/** Writes the push, as it is, if the person has at most `max` open ones with it. */
const isWithin = query<Owner & { idHash: string; max: number }>((db, $) =>
  db
    .updateTable('pushes')
    .set((eb) => ({ createdAt: eb.ref('createdAt') }))
    .where('idHash', '=', $.idHash)
    .where((eb) =>
      eb(
        eb
          .selectFrom('pushes as open')
          .select((of) => of.fn.countAll().as('count'))
          .where('open.personId', '=', $.personId)
          .where('open.realm', '=', $.realm)
          .where('open.kind', '=', 'authenticate')
          .where('open.state', 'in', ['waiting', 'denied'])
          .where('open.expiresAt', '>', $.now),
        '<=',
        $.max,
      ),
    ),
)

const denyWaiting = query<{ realm: string; personId: string }>((db, $) =>
  db
    .updateTable('pushes')
    .set({ state: 'denied' })
    .where('personId', '=', $.personId)
    .where('realm', '=', $.realm)
    .where('kind', '=', 'authenticate')
    .where('state', '=', 'waiting'),
)

const answer = query<{ idHash: string; state: PushTable['state']; answer: string; now: number }>((db, $) =>
  db
    .updateTable('pushes')
    .set({ state: $.state, answer: $.answer })
    .where('idHash', '=', $.idHash)
    // rule S58: otherwise of concurrent answers, each counts
    .where('state', '=', 'waiting')
    // rule S58: otherwise an expired push is answered
    .where('expiresAt', '>', $.now),
)

const use = query<{ idHash: string }>((db, $) =>
  db
    .updateTable('pushes')
    .set({ state: 'used', answer: null })
    .where('idHash', '=', $.idHash)
    // rule S58: otherwise an approval counts twice
    .where('state', '=', 'approved'),
)

const removeExpired = deleteBefore('pushes', 'idHash', 'expiresAt')

const countSchema = z.object({ count: z.number() })

/** A change of a step, in its unit. */
export function changePush(change: PushChange): Statement<'push'>[] {
  if (change.kind === 'use') return [guarded(use({ idHash: change.idHash }), 'push')]
  const { push, maxOpen: max } = change
  const { idHash, realm, personId, createdAt: now } = push
  return [
    guarded(insert(pushes.columnsOf(push)), 'push'),
    ...(max === undefined
      ? []
      : [
          // rule S56: otherwise concurrent sign-ins open more notifications than a person may have
          guarded(isWithin({ idHash, realm, personId, now, max }), 'push'),
        ]),
  ]
}

function effectsOf({ limits, auditEntries, deniesOthersOf }: AnswerEffects, now: number): Statement[] {
  return [
    // rule S56: otherwise a denial is saved without its count
    ...limits.map((limit) => takeOf(limit, now)),
    ...(deniesOthersOf === undefined ? [] : [denyWaiting(deniesOthersOf)]),
    // rule S56: otherwise a denial is saved without its audit entry
    ...insertWaiting(auditEntries),
  ]
}

/** Stores pushes in SQL. */
export function pushStore(database: Database): PushStore {
  return {
    read: (idHash) => pushes.one(database, byId({ idHash })),
    async countOpen(realm, personId, now) {
      const [row] = await database.read(countOpen({ realm, personId, now }))
      return countSchema.parse(row).count
    },
    async answer(idHash, state, sealed, now, effects) {
      const answered = guarded(answer({ idHash, state, answer: sealed, now }), 'push')
      const others = effects === undefined ? [] : effectsOf(effects, now)
      return tryWrite(database, [answered, ...others])
    },
    deleteExpiredBefore: (before) => deleteInBatches(database, (limit) => removeExpired({ before, limit })),
  }
}
