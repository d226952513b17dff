import { type QueuedCall, queuedCallSchema } from '../outbox/call.ts'
import type { CallStore } from '../outbox/call-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { recordAttempt, recordDiscard } from './deliveries.ts'
import { outboxStatements, waitingSchema } from './outbox-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { CallTable } from './tables.ts'

const calls = recordsOf('calls', 'id', queuedCallSchema)

const insert = query<CallTable>((db, $) => db.insertInto('calls').values($))

/** Servers that claim at the same time skip each other's rows, so each call goes to one server and none waits. */
const claim = query<{ now: number; until: number; limit: number }>((db, $) =>
  db
    .with('chosen', (select) =>
      select
        .selectFrom('calls')
        .select('id')
        .where('failedAt', 'is', null)
        .where('dueAt', '<=', $.now)
        .orderBy('dueAt')
        .limit($.limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('calls')
    .set((eb) => ({ dueAt: $.until, attempts: eb('attempts', '+', 1), problem: null }))
    .where('id', 'in', (eb) => eb.selectFrom('chosen').select('chosen.id'))
    .returningAll(),
)

const { remove, postpone, fail, list, tryNow, discard, removeOld } = outboxStatements('calls')

const waiting = query<Record<string, never>>((db) =>
  db
    .selectFrom('calls')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('dueAt').as('dueAt')])
    .where('failedAt', 'is', null),
)

/** Queues a call, in the same unit as the change that causes it. */
export function insertCall(call: QueuedCall): Statement {
  return insert(calls.columnsOf(call))
}

/** Stores queued calls in SQL. */
export function callStore(database: Database): CallStore {
  const outstanding = async () => waitingSchema.parse((await database.read(waiting({})))[0])
  return {
    async claim(now, until, limit) {
      const written = await database.write([claim({ now, until, limit })])
      return written.kind === 'saved' ? (written.results[0]?.rows ?? []).map(calls.parse) : []
    },
    async remove(id, tried) {
      await database.write([remove({ id }), recordAttempt(id, tried)])
    },
    async postpone(id, dueAt, tried, problem) {
      const postponed = guarded(postpone({ id, attempts: tried.attempts, dueAt, problem }), 'attempt')
      await database.write([postponed, recordAttempt(id, tried)])
    },
    async fail(id, tried, problem) {
      const failed = guarded(fail({ id, attempts: tried.attempts, failedAt: tried.at, problem }), 'attempt')
      await database.write([failed, recordAttempt(id, tried)])
    },
    list: (limit) => calls.all(database, list({ limit })),
    async tryNow(id, now) {
      return (await database.write([guarded(tryNow({ id, now }), 'postponed')])).kind === 'saved'
    },
    async discard(id) {
      const written = await database.write([
        guarded(discard({ id }), 'idle'),
        // rule R13: otherwise a discarded delivery is sent with the next event of its check
        recordDiscard(id),
      ])
      return written.kind === 'saved' ? (written.results[0]?.rows ?? []).map(calls.parse)[0] : undefined
    },
    nextDue: async () => (await outstanding()).dueAt ?? undefined,
    count: async () => (await outstanding()).count,
    deleteCreatedBefore: (before) => deleteInBatches(database, (limit) => removeOld({ before, limit })),
  }
}
