import { type MailRoute, type QueuedMail, queuedMailSchema } from '../outbox/mail.ts'
import type { MailStore } from '../outbox/mail-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { outboxStatements, waitingSchema } from './outbox-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { MailTable } from './tables.ts'

const mails = recordsOf('mails', 'id', queuedMailSchema)

/** Statements have a fixed number of values, so a single route is passed twice. */
type Routes = { route: MailRoute; other: MailRoute }

const insert = query<MailTable>((db, $) => db.insertInto('mails').values($))

/** Servers that claim at the same time skip each other's rows, so each email goes to one server and none waits. */
const claim = query<Routes & { now: number; until: number; limit: number }>((db, $) =>
  db
    .with('chosen', (select) =>
      select
        .selectFrom('mails')
        .select('id')
        .where('route', 'in', [$.route, $.other])
        .where('failedAt', 'is', null)
        .where('dueAt', '<=', $.now)
        .orderBy('dueAt')
        .limit($.limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('mails')
    .set((eb) => ({ dueAt: $.until, attempts: eb('attempts', '+', 1), problem: null }))
    .where('id', 'in', (eb) => eb.selectFrom('chosen').select('chosen.id'))
    .returningAll(),
)

const { remove, postpone, fail, list, tryNow, discard, removeOld } = outboxStatements('mails')

const waiting = query<Routes>((db, $) =>
  db
    .selectFrom('mails')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('dueAt').as('dueAt')])
    .where('route', 'in', [$.route, $.other])
    .where('failedAt', 'is', null),
)

/** Puts an email into the outbox, in the same unit as the step that wrote it. */
export function insertMail(mail: QueuedMail): Statement {
  return insert(mails.columnsOf(mail))
}

/** Stores the outbox in SQL. */
export function mailStore(database: Database): MailStore {
  async function waitingOn(routes: readonly MailRoute[]) {
    const named = namesOf(routes)
    if (named === undefined) return { count: 0, dueAt: null }
    const [row] = await database.read(waiting(named))
    return waitingSchema.parse(row)
  }

  return {
    async add(mail) {
      await database.write([insertMail(mail)])
    },
    async claim({ routes, now, until, limit }) {
      const named = namesOf(routes)
      if (named === undefined) return []
      const written = await database.write([claim({ ...named, now, until, limit })])
      return written.kind === 'saved' ? (written.results[0]?.rows ?? []).map(mails.parse) : []
    },
    async remove(id) {
      await database.write([remove({ id })])
    },
    async postpone({ id, attempts }, dueAt, problem) {
      await database.write([postpone({ id, attempts, dueAt, problem })])
    },
    async fail({ id, attempts }, failedAt, problem) {
      await database.write([fail({ id, attempts, failedAt, problem })])
    },
    list: (limit) => mails.all(database, list({ limit })),
    async tryNow(id, now) {
      return (await database.write([guarded(tryNow({ id, now }), 'postponed')])).kind === 'saved'
    },
    async discard(id) {
      const written = await database.write([guarded(discard({ id }), 'idle')])
      return written.kind === 'saved' ? (written.results[0]?.rows ?? []).map(mails.parse)[0] : undefined
    },
    nextDue: async (routes) => (await waitingOn(routes)).dueAt ?? undefined,
    count: async (routes) => (await waitingOn(routes)).count,
    deleteCreatedBefore: (before) => deleteInBatches(database, (limit) => removeOld({ before, limit })),
  }
}

function namesOf([route, other = route]: readonly MailRoute[]): Routes | undefined {
  return route === undefined || other === undefined ? undefined : { route, other }
}
