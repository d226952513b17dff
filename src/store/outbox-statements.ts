import { z } from 'zod'
import { query } from './query.ts'

/** Which attempt failed. An attempt that ended after its lease changes nothing while another server makes the next. */
type Attempt = { id: string; attempts: number; problem: string }

/** How many entries wait, and when the first is due. */
export const waitingSchema = z.object({ count: z.coerce.number(), dueAt: z.coerce.number().nullable() })

/** Statements for what waits in an outbox and is tried again, whatever it is. */
export function outboxStatements(outbox: 'calls' | 'mails') {
  // Kysely can't type a choice of tables. Both have these columns.
  const table = outbox as 'mails'
  return {
    remove: query<{ id: string }>((db, $) => db.deleteFrom(table).where('id', '=', $.id)),

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

    removeOld: removingOld(table),
  }
}

function removingOld(table: 'mails') {
  return query<{ before: number; limit: number }>((db, $) =>
    db
      .deleteFrom(table)
      .where('id', 'in', (eb) =>
        eb.selectFrom(table).select('id').where('createdAt', '<', $.before).limit($.limit),
      ),
  )
}
