import type { Expression, SqlBool } from 'kysely'
import { z } from 'zod'
import { deleteBefore, deleteWith } from './plain-statements.ts'
import { query, type Values } from './query.ts'

/** Which attempt failed. An attempt that ended after its lease changes nothing while another server makes the next. */
type Attempt = { id: string; attempts: number; problem: string }

/** How many entries wait, and when the first is due. */
export const waitingSchema = z.object({ count: z.coerce.number(), dueAt: z.coerce.number().nullable() })

/** Statements for what waits in an outbox and is tried again, whatever it is. */
export function outboxStatements(outbox: 'calls' | 'mails') {
  // Kysely can't type a choice of tables. Both have these columns.
  const table = outbox as 'mails'
  return {
    remove: deleteWith(outbox, ['id']),

    postpone: query<Attempt & { dueAt: number }>((db, $) =>
      db
        .updateTable(table)
        .set({ dueAt: $.dueAt, problem: $.problem })
        .where('id', '=', $.id)
        // rule R13: otherwise the end of a late attempt lets an entry be discarded while another server sends it
        .where('attempts', '=', $.attempts),
    ),

    fail: query<Attempt & { failedAt: number }>((db, $) =>
      db
        .updateTable(table)
        .set({ failedAt: $.failedAt, problem: $.problem, body: '' })
        .where('id', '=', $.id)
        .where('attempts', '=', $.attempts),
    ),

    list: query<{ limit: number }>((db, $) =>
      db.selectFrom(table).selectAll().orderBy('createdAt', 'desc').limit($.limit),
    ),

    /** A claim clears the problem, so only entries without an attempt under way have one. */
    tryNow: query<{ id: string; now: number }>((db, $) =>
      db
        .updateTable(table)
        .set({ dueAt: $.now })
        .where('id', '=', $.id)
        // rule R13: otherwise an entry that is being sent can be sent a second time
        .where('problem', 'is not', null)
        .where('failedAt', 'is', null),
    ),

    discard: query<{ id: string }>((db, $) =>
      db
        .deleteFrom(table)
        .where('id', '=', $.id)
        // rule R13: otherwise an entry that is being sent can be discarded
        .where((eb) => eb.or([eb('problem', 'is not', null), eb('attempts', '=', 0)]))
        .returningAll(),
    ),

    removeOld: deleteBefore(outbox, 'id', 'createdAt'),
  }
}

type Outbox = 'calls' | 'mails' | 'messages'

/** Servers that claim at the same time skip each other's rows, so each entry goes to one server and none waits. */
export function claiming<Given extends Values>(outbox: Outbox, isWaiting: ($: Given) => Expression<SqlBool>) {
  const table = outbox as 'mails'
  return query<Given & { now: number; until: number; limit: number }>((db, $) =>
    db
      .with('chosen', (select) =>
        select
          .selectFrom(table)
          .select('id')
          .where(isWaiting($))
          .where('dueAt', '<=', $.now)
          .orderBy('dueAt')
          .limit($.limit)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable(table)
      .set((eb) => ({ dueAt: $.until, attempts: eb('attempts', '+', 1), problem: null }))
      .where('id', 'in', (eb) => eb.selectFrom('chosen').select('chosen.id'))
      .returningAll(),
  )
}

/** Counts as {@link waitingSchema} describes it. */
export function counting<Given extends Values>(outbox: Outbox, isWaiting: ($: Given) => Expression<SqlBool>) {
  return query<Given>((db, $) =>
    db
      .selectFrom(outbox as 'mails')
      .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('dueAt').as('dueAt')])
      .where(isWaiting($)),
  )
}
