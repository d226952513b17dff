import { type ExpressionBuilder, expressionBuilder } from 'kysely'
import {
  earlierStates,
  type MessageChange,
  type QueuedMessage,
  queuedMessageSchema,
} from '../outbox/message.ts'
import type { MessageStore } from '../outbox/message-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { claiming, counting, waitingSchema } from './outbox-statements.ts'
import { deleteBefore, insertRow, rowsWith } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { Tables } from './tables.ts'
import { appended } from './transaction-events.ts'
import { note } from './transaction-statements.ts'
import { rowsWritten, tryWrite, write } from './writes.ts'

const messages = recordsOf('messages', 'id', queuedMessageSchema)

const message: ExpressionBuilder<Tables, 'messages'> = expressionBuilder()

const insert = insertRow('messages')

/** Realms whose messages wait. No realm has an empty path. */
type Busy = { busy0: string; busy1: string; busy2: string; busy3: string }

const isQueued = () => message('state', '=', 'queued')
const claim = claiming('messages', ($: Busy) =>
  message.and([isQueued(), message('realm', 'not in', [$.busy0, $.busy1, $.busy2, $.busy3])]),
)
const waiting = counting('messages', isQueued)

/** Moves a message forward. Its content is no longer needed then. */
function advancing(to: MessageChange) {
  return query<{ id: string; problem: string | null }>((db, $) =>
    db
      .updateTable('messages')
      .set({ state: to, body: '', problem: $.problem })
      .where('id', '=', $.id)
      .where('state', 'in', earlierStates[to]),
  )
}

const advance = { sent: advancing('sent'), delivered: advancing('delivered'), failed: advancing('failed') }

const byToken = rowsWith('messages', ['tokenHash'])

/** An attempt that ended after its lease changes nothing while another server makes the next. */
const postpone = query<{ id: string; attempts: number; dueAt: number; problem: string }>((db, $) =>
  db
    .updateTable('messages')
    .set({ dueAt: $.dueAt, problem: $.problem })
    .where('id', '=', $.id)
    .where('attempts', '=', $.attempts)
    .where('state', '=', 'queued'),
)

const list = query<{ limit: number }>((db, $) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('state', 'in', ['queued', 'failed'])
    .orderBy('createdAt', 'desc')
    .limit($.limit),
)

/** A claim clears the problem, so only messages without an attempt under way have one. */
const tryNow = query<{ id: string; now: number }>((db, $) =>
  db
    .updateTable('messages')
    .set({ dueAt: $.now })
    .where('id', '=', $.id)
    .where('problem', 'is not', null)
    .where('state', '=', 'queued'),
)

const discard = query<{ id: string }>((db, $) =>
  db
    .updateTable('messages')
    .set({ state: 'failed', body: '', problem: 'discarded' })
    .where('id', '=', $.id)
    .where('state', '=', 'queued')
    .where((eb) => eb.or([eb('problem', 'is not', null), eb('attempts', '=', 0)])),
)

const byId = rowsWith('messages', ['id'])

const removeExpired = deleteBefore('messages', 'id', 'expiresAt')

const events = { sent: 'messageSent', delivered: 'messageDelivered', failed: 'messageFailed' } as const

/** Queues a message, in the same unit as the change that causes it. */
export function insertMessage(message: QueuedMessage): Statement {
  return insert(messages.columnsOf(message))
}

/** A transaction with a result gets no more events, but its message still moves. */
function eventOf(
  {
    id: message,
    channel,
    transactionHash: idHash,
  }: Pick<QueuedMessage, 'id' | 'channel' | 'transactionHash'>,
  to: MessageChange,
  now: number,
): Statement[] {
  if (idHash === undefined) return []
  return [note({ idHash, now }), appended({ idHash, now, kind: events[to], data: { channel, message } })]
}

/** Stores messages in SQL. */
export function messageStore(database: Database): MessageStore {
  async function waitingNow() {
    const [row] = await database.read(waiting({}))
    return waitingSchema.parse(row)
  }

  return {
    add: (message) => write(database, [insertMessage(message)]),
    async claim(now, until, limit, [busy0 = '', busy1 = '', busy2 = '', busy3 = ''] = []) {
      const busy = { busy0, busy1, busy2, busy3 }
      return (await rowsWritten(database, [claim({ now, until, limit, ...busy })])).map(messages.parse)
    },
    async advance(message, to, now, problem) {
      const moved = guarded(advance[to]({ id: message.id, problem: problem ?? null }), 'state')
      return tryWrite(database, [moved, ...eventOf(message, to, now)])
    },
    byToken: (tokenHash) => messages.one(database, byToken({ tokenHash })),
    postpone: ({ id, attempts }, dueAt, problem) =>
      write(database, [postpone({ id, attempts, dueAt, problem })]),
    list: (limit) => messages.all(database, list({ limit })),
    tryNow: (id, now) => tryWrite(database, [guarded(tryNow({ id, now }), 'postponed')]),
    async discard(id, now) {
      const message = await messages.one(database, byId({ id }))
      if (message === undefined) return undefined
      const failed = guarded(discard({ id }), 'idle')
      const written = await database.write([failed, ...eventOf(message, 'failed', now)])
      return written.kind === 'saved' ? message : undefined
    },
    nextDue: async () => (await waitingNow()).dueAt ?? undefined,
    count: async () => (await waitingNow()).count,
    deleteExpiredBefore: (before) => deleteInBatches(database, (limit) => removeExpired({ before, limit })),
  }
}
