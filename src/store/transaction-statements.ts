import { type ExpressionBuilder, expressionBuilder } from 'kysely'
import { query } from './query.ts'
import type { Tables, TransactionEventTable, TransactionTable } from './tables.ts'

/** Violates a unique index if the id is taken. */
export const insert = query<TransactionTable>((db, $) => db.insertInto('transactions').values($))

/** Returns expired and cancelled transactions too. */
export const byId = query<{ idHash: string }>((db, $) =>
  db.selectFrom('transactions').selectAll().where('idHash', '=', $.idHash),
)

/** A transaction by the reference that people see. */
export const byReference = query<{ realm: string; reference: string }>((db, $) =>
  db.selectFrom('transactions').selectAll().where('realm', '=', $.realm).where('reference', '=', $.reference),
)

/** Open transactions about one person. */
export const openAbout = query<{ realm: string; subjectId: string; now: number }>((db, $) =>
  db
    .selectFrom('transactions')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('subjectId', '=', $.subjectId)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now)
    .orderBy('createdAt'),
)

/** Moves a transaction from CREATED to IN_PROGRESS. */
export const start = query<{ idHash: string; now: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ state: 'IN_PROGRESS', sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('state', '=', 'CREATED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

type Completion = { idHash: string; now: number; result: string; sessionProperties: string }

/** Completes a transaction, unless it is completed, expired or cancelled. */
export const complete = query<Completion>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({
      state: 'COMPLETED',
      result: $.result,
      sessionProperties: $.sessionProperties,
      endedAt: $.now,
      sequence: eb('sequence', '+', 1),
    }))
    .where('idHash', '=', $.idHash)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

/** Cancels a transaction, unless it is completed, expired or cancelled. */
export const cancel = query<{ idHash: string; now: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ isCancelled: 1, endedAt: $.now, sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

type Rejected = { idHash: string; now: number; denial: string; pauseLifted: number | null }

/** Denies a transaction because the person behind the link rejected it, unless it is completed, expired or cancelled. */
export const reject = query<Rejected>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({
      state: 'COMPLETED',
      result: 'DENIED',
      denial: $.denial,
      endedAt: $.now,
      rejectedAt: $.now,
      pauseLifted: $.pauseLifted,
      sequence: eb('sequence', '+', 1),
    }))
    .where('idHash', '=', $.idHash)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

/** Denies a transaction for another reason, unless it is completed, expired or cancelled. */
export const deny = query<{ idHash: string; now: number; denial: string }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({
      state: 'COMPLETED',
      result: 'DENIED',
      denial: $.denial,
      endedAt: $.now,
      sequence: eb('sequence', '+', 1),
    }))
    .where('idHash', '=', $.idHash)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

/** Records a rejection of a completed transaction, once. */
export const rejectLate = query<Omit<Rejected, 'denial'>>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ rejectedAt: $.now, pauseLifted: $.pauseLifted, sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('state', '=', 'COMPLETED')
    .where('rejectedAt', 'is', null)
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

/** Records that the caller confirmed the call, once, while the transaction is open. */
export const confirm = query<{ idHash: string; now: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ confirmedAt: $.now, sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('confirmedAt', 'is', null)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

/** Increases the sequence number without changing the state, while the transaction is open. */
export const count = query<{ idHash: string; now: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

/** Like `count`, for an email: does nothing if one was sent after `since`. */
export const send = query<{ idHash: string; since: number; now: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ sentAt: $.now, sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now)
    .where((eb) => eb.or([eb('sentAt', 'is', null), eb('sentAt', '<=', $.since)])),
)

/**
 * The time of an event, never earlier than the event before it. `now` is the start of a step, which can be earlier than
 * the events that the step sent while it ran.
 */
function timeOf({ idHash, now }: { idHash: string; now: number }) {
  const column: ExpressionBuilder<Tables, 'transactionEvents'> = expressionBuilder()
  const own = column.cast<number>(column.val(now), 'bigint')
  const latest = column
    .selectFrom('transactionEvents')
    .select(({ fn }) => fn.max('at').as('latest'))
    .where('idHash', '=', idHash)
  return column.case().when(latest, '>', own).then(latest).else(own).end().as('at')
}

type NewEvent = { idHash: string; now: number; kind: string; key: string | null; data: string | null }

/** Like `appendChange`, for an event that no column of the transaction shows. */
export const appendEvent = query<NewEvent>((db, $) =>
  db
    .insertInto('transactionEvents')
    .columns(['idHash', 'sequence', 'at', 'kind', 'key', 'data', 'state', 'result'])
    .expression((eb) =>
      eb
        .selectFrom('transactions')
        .select(['idHash', 'sequence'])
        .select((column) => [
          timeOf($),
          column.cast<string>(column.val($.kind), 'text').as('kind'),
          column.cast<string | null>(column.val($.key), 'text').as('key'),
          column.cast<string | null>(column.val($.data), 'text').as('data'),
        ])
        .select(['state', 'result'])
        .where('idHash', '=', $.idHash)
        .where('sequence', '>', 0),
    )
    .onConflict((conflict) => conflict.columns(['idHash', 'sequence']).doNothing()),
)

/**
 * Appends the event for the current sequence number, unless it exists. After a change without effect, it adds nothing.
 * It must follow its change, which locks the row, so that two servers get different numbers.
 */
export const appendChange = query<{ idHash: string; now: number }>((db, $) =>
  db
    .insertInto('transactionEvents')
    .columns(['idHash', 'sequence', 'at', 'kind', 'state', 'result'])
    .expression((eb) =>
      eb
        .selectFrom('transactions')
        .select(['idHash', 'sequence'])
        .select((column) => [
          timeOf($),
          column.case().when('isCancelled', '=', 1).then('cancelled').else('state').end().as('kind'),
        ])
        .select(['state', 'result'])
        .where('idHash', '=', $.idHash)
        .where('sequence', '>', 0),
    )
    .onConflict((conflict) => conflict.columns(['idHash', 'sequence']).doNothing()),
)

type Notification = { idHash: string; readSequence: number; sequence: number; notificationData: string }

/** Increases the sequence number that was read. Writes no row if another change came first. */
export const recordNotification = query<Notification>((db, $) =>
  db
    .updateTable('transactions')
    .set({ notificationData: $.notificationData, sequence: $.sequence })
    .where('idHash', '=', $.idHash)
    .where('sequence', '=', $.readSequence),
)

/** Violates a unique index if the key was used. */
export const insertNotification = query<Omit<TransactionEventTable, 'state' | 'result'>>((db, $) =>
  db.insertInto('transactionEvents').values($),
)

/** The event that used a key. */
export const eventByKey = query<{ idHash: string; key: string }>((db, $) =>
  db.selectFrom('transactionEvents').selectAll().where('idHash', '=', $.idHash).where('key', '=', $.key),
)

/** Sorted by sequence number. */
export const eventsAfter = query<{ idHash: string; sequence: number }>((db, $) =>
  db
    .selectFrom('transactionEvents')
    .selectAll()
    .where('idHash', '=', $.idHash)
    .where('sequence', '>', $.sequence)
    .orderBy('sequence'),
)

/** Deletes content that lists don't show, of at most `limit` transactions. */
export const emptyEnded = query<{ before: number; limit: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set({ data: '{}', sessionProperties: '{}' })
    .where('idHash', 'in', (eb) =>
      eb
        .selectFrom('transactions')
        .select('idHash')
        .where('expiresAt', '<', $.before)
        .where((any) => any.or([any('data', '!=', '{}'), any('sessionProperties', '!=', '{}')]))
        .limit($.limit),
    ),
)

/** Also deletes their events. */
export const removeEnded = query<{ before: number; limit: number }>((db, $) =>
  db
    .deleteFrom('transactions')
    .where('idHash', 'in', (eb) =>
      eb.selectFrom('transactions').select('idHash').where('expiresAt', '<', $.before).limit($.limit),
    ),
)
