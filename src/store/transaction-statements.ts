import { type ExpressionBuilder, expressionBuilder } from 'kysely'
import { query } from './query.ts'
import type { Tables, TransactionEventTable, TransactionTable } from './tables.ts'

/** Breaks a uniqueness rule when the id is taken. */
export const insert = query<TransactionTable>((db, $) => db.insertInto('transactions').values($))

/** One transaction, gone or not. */
export const byId = query<{ idHash: string }>((db, $) =>
  db.selectFrom('transactions').selectAll().where('idHash', '=', $.idHash),
)

/** One transaction by what people call it. */
export const byReference = query<{ realm: string; reference: string }>((db, $) =>
  db.selectFrom('transactions').selectAll().where('realm', '=', $.realm).where('reference', '=', $.reference),
)

/** The transactions about one person that are under way. */
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

/** CREATED becomes IN_PROGRESS. */
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

/** COMPLETED, unless it is already, or gone. */
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

/** Cancelled, unless it is completed or gone. */
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

/** COMPLETED and DENIED because the person behind the link rejected it, unless it is completed already, or gone. */
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

/** COMPLETED and DENIED for a reason of its own, unless it is completed already, or gone. */
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

/** Records a rejection although it is completed; once. */
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

/** Records once that the caller says that they called, while it is under way. */
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

/** One number more for what leaves the state as it is, while it is under way. */
export const count = query<{ idHash: string; now: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('state', '!=', 'COMPLETED')
    .where('isCancelled', '=', 0)
    .where('expiresAt', '>', $.now),
)

/** As `count`, for a mail: unless one was sent after `since`. */
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
 * When an event happened: by the clock of its step, which began before what that step told meanwhile; so it is never
 * earlier than the event before.
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

/** As `appendChange`, for an event that no column of the transaction tells. */
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
 * Appends the event that the newest sequence number stands for, unless it is there: after a change that found nothing
 * to do, it adds nothing. It follows its change because that holds the row, so that two servers get two numbers.
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

type Notification = { idHash: string; held: number; sequence: number; notificationData: string }

/** Moves from the sequence number that was read to the next; any change in between moved it already. */
export const recordNotification = query<Notification>((db, $) =>
  db
    .updateTable('transactions')
    .set({ notificationData: $.notificationData, sequence: $.sequence })
    .where('idHash', '=', $.idHash)
    .where('sequence', '=', $.held),
)

/** Breaks a uniqueness rule when the key was used. */
export const insertNotification = query<Omit<TransactionEventTable, 'state' | 'result'>>((db, $) =>
  db.insertInto('transactionEvents').values($),
)

/** What a key was used for. */
export const eventByKey = query<{ idHash: string; key: string }>((db, $) =>
  db.selectFrom('transactionEvents').selectAll().where('idHash', '=', $.idHash).where('key', '=', $.key),
)

/** In order. */
export const eventsAfter = query<{ idHash: string; sequence: number }>((db, $) =>
  db
    .selectFrom('transactionEvents')
    .selectAll()
    .where('idHash', '=', $.idHash)
    .where('sequence', '>', $.sequence)
    .orderBy('sequence'),
)

/** Leaves what is shown in lists; at most `limit`. */
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

/** Takes their events along. */
export const removeEnded = query<{ before: number; limit: number }>((db, $) =>
  db
    .deleteFrom('transactions')
    .where('idHash', 'in', (eb) =>
      eb.selectFrom('transactions').select('idHash').where('expiresAt', '<', $.before).limit($.limit),
    ),
)
