import { type ExpressionBuilder, expressionBuilder } from 'kysely'
import { type QueuedCall, queuedCallSchema } from '../outbox/call.ts'
import type { CallStore } from '../outbox/call-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { recordAttempt, recordDiscard } from './deliveries.ts'
import { claiming, counting, outboxStatements, waitingSchema } from './outbox-statements.ts'
import { insertRow } from './plain-statements.ts'
import { guarded, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { Tables } from './tables.ts'
import { rowsWritten, tryWrite, write } from './writes.ts'

const calls = recordsOf('calls', 'id', queuedCallSchema)

const call: ExpressionBuilder<Tables, 'calls'> = expressionBuilder()

const insert = insertRow('calls')

const { remove, postpone, fail, list, tryNow, discard, removeOld } = outboxStatements('calls')

const isWaiting = () => call('failedAt', 'is', null)
const claim = claiming('calls', isWaiting)
const waiting = counting('calls', isWaiting)

/** Queues a call, in the same unit as the change that causes it. */
export function insertCall(call: QueuedCall): Statement {
  return insert(calls.columnsOf(call))
}

/** Stores queued calls in SQL. */
export function callStore(database: Database): CallStore {
  const outstanding = async () => waitingSchema.parse((await database.read(waiting({})))[0])
  return {
    async claim(now, until, limit) {
      return (await rowsWritten(database, [claim({ now, until, limit })])).map(calls.parse)
    },
    remove: (id, tried) => write(database, [remove({ id }), recordAttempt(id, tried)]),
    async postpone(id, dueAt, tried, problem) {
      const postponed = guarded(postpone({ id, attempts: tried.attempts, dueAt, problem }), 'attempt')
      await database.write([postponed, recordAttempt(id, tried)])
    },
    async fail(id, tried, problem) {
      const failed = guarded(fail({ id, attempts: tried.attempts, failedAt: tried.at, problem }), 'attempt')
      await database.write([failed, recordAttempt(id, tried)])
    },
    list: (limit) => calls.all(database, list({ limit })),
    tryNow: (id, now) => tryWrite(database, [guarded(tryNow({ id, now }), 'postponed')]),
    async discard(id) {
      const [row] = await rowsWritten(database, [
        guarded(discard({ id }), 'idle'),
        // rule R13: otherwise a discarded delivery is sent with the next event of its check
        recordDiscard(id),
      ])
      return row && calls.parse(row)
    },
    nextDue: async () => (await outstanding()).dueAt ?? undefined,
    count: async () => (await outstanding()).count,
    deleteCreatedBefore: (before) => deleteInBatches(database, (limit) => removeOld({ before, limit })),
  }
}
