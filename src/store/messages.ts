import { z } from 'zod'
import {
  earlierStates,
  type MessageChange,
  type QueuedMessage,
  queuedMessageSchema,
} from '../outbox/message.ts'
import type { MessageStore } from '../outbox/message-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { MessageTable } from './tables.ts'
import { appended } from './transaction-events.ts'
import { note } from './transaction-statements.ts'

const messages = recordsOf('messages', 'id', queuedMessageSchema)

const insert = query<MessageTable>((db, $) => db.insertInto('messages').values($))

/** Realms whose messages wait. No realm has an empty path. */
type Busy = { busy0: string; busy1: string; busy2: string; busy3: string }

/** Servers that claim at the same time skip each other's rows, so each message goes to one server and none waits. */
const claim = query<Busy & { now: number; until: number; limit: number }>((db, $) =>
  db
    .with('chosen', (select) =>
      select
        .selectFrom('messages')
        .select('id')
        .where('state', '=', 'queued')
        .where('realm', 'not in', [$.busy0, $.busy1, $.busy2, $.busy3])
        .where('dueAt', '<=', $.now)
        .orderBy('dueAt')
        .limit($.limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('messages')
    .set((eb) => ({ dueAt: $.until, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', (eb) => eb.selectFrom('chosen').select('chosen.id'))
    .returningAll(),
)

/** Moves a message forward. Its content is no longer needed then. */
function advancing(to: MessageChange) {
  return query<{ id: string }>((db, $) =>
    db
      .updateTable('messages')
      .set({ state: to, body: '' })
      .where('id', '=', $.id)
      .where('state', 'in', earlierStates[to]),
  )
}

const advance = { sent: advancing('sent'), delivered: advancing('delivered'), failed: advancing('failed') }

const byToken = query<{ tokenHash: string }>((db, $) =>
  db.selectFrom('messages').selectAll().where('tokenHash', '=', $.tokenHash),
)

const postpone = query<{ id: string; dueAt: number }>((db, $) =>
  db.updateTable('messages').set({ dueAt: $.dueAt }).where('id', '=', $.id).where('state', '=', 'queued'),
)

const waiting = query<Record<string, never>>((db) =>
  db
    .selectFrom('messages')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('dueAt').as('dueAt')])
    .where('state', '=', 'queued'),
)

const removeExpired = query<{ before: number; limit: number }>((db, $) =>
  db
    .deleteFrom('messages')
    .where('id', 'in', (eb) =>
      eb.selectFrom('messages').select('id').where('expiresAt', '<', $.before).limit($.limit),
    ),
)

const waitingSchema = z.object({ count: z.coerce.number(), dueAt: z.coerce.number().nullable() })

const events = { sent: 'messageSent', delivered: 'messageDelivered', failed: 'messageFailed' } as const

/** Queues a message, in the same unit as the change that causes it. */
export function insertMessage(message: QueuedMessage): Statement {
  return insert(messages.columnsOf(message))
}

/** Stores messages in SQL. */
export function messageStore(database: Database): MessageStore {
  async function waitingNow() {
    const [row] = await database.read(waiting({}))
    return waitingSchema.parse(row)
  }

  return {
    async add(message) {
      await database.write([insertMessage(message)])
    },
    async claim(now, until, limit, [busy0 = '', busy1 = '', busy2 = '', busy3 = ''] = []) {
      const busy = { busy0, busy1, busy2, busy3 }
      const written = await database.write([claim({ now, until, limit, ...busy })])
      return written.kind === 'saved' ? (written.results[0]?.rows ?? []).map(messages.parse) : []
    },
    async advance({ id: message, channel, transactionHash: idHash }, to, now) {
      const moved = guarded(advance[to]({ id: message }), 'state')
      // A transaction with a result gets no more events, but its message still moves.
      const event =
        idHash === undefined
          ? []
          : [note({ idHash, now }), appended({ idHash, now, kind: events[to], data: { channel, message } })]
      return (await database.write([moved, ...event])).kind === 'saved'
    },
    byToken: (tokenHash) => messages.one(database, byToken({ tokenHash })),
    async postpone(id, dueAt) {
      await database.write([postpone({ id, dueAt })])
    },
    nextDue: async () => (await waitingNow()).dueAt ?? undefined,
    count: async () => (await waitingNow()).count,
    deleteExpiredBefore: (before) => deleteInBatches(database, (limit) => removeExpired({ before, limit })),
  }
}
