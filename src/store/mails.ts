import { type ExpressionBuilder, expressionBuilder } from 'kysely'
import { type MailRoute, type QueuedMail, queuedMailSchema } from '../outbox/mail.ts'
import type { MailStore } from '../outbox/mail-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { claiming, counting, outboxStatements, waitingSchema } from './outbox-statements.ts'
import { insertRow } from './plain-statements.ts'
import { guarded, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { Tables } from './tables.ts'
import { rowsWritten, tryWrite, write } from './writes.ts'

const mails = recordsOf('mails', 'id', queuedMailSchema)

const mail: ExpressionBuilder<Tables, 'mails'> = expressionBuilder()

/** Statements have a fixed number of values, so a single route is passed twice. */
type Routes = { route: MailRoute; other: MailRoute }

const insert = insertRow('mails')

const { remove, postpone, fail, list, tryNow, discard, removeOld } = outboxStatements('mails')

const isWaiting = ($: Routes) =>
  mail.and([mail('route', 'in', [$.route, $.other]), mail('failedAt', 'is', null)])
const claim = claiming('mails', isWaiting)
const waiting = counting('mails', isWaiting)

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
    add: (mail) => write(database, [insertMail(mail)]),
    async claim({ routes, now, until, limit }) {
      const named = namesOf(routes)
      if (named === undefined) return []
      return (await rowsWritten(database, [claim({ ...named, now, until, limit })])).map(mails.parse)
    },
    remove: (id) => write(database, [remove({ id })]),
    postpone: ({ id, attempts }, dueAt, problem) =>
      write(database, [postpone({ id, attempts, dueAt, problem })]),
    fail: ({ id, attempts }, failedAt, problem) =>
      write(database, [fail({ id, attempts, failedAt, problem })]),
    list: (limit) => mails.all(database, list({ limit })),
    tryNow: (id, now) => tryWrite(database, [guarded(tryNow({ id, now }), 'postponed')]),
    async discard(id) {
      const [row] = await rowsWritten(database, [guarded(discard({ id }), 'idle')])
      return row && mails.parse(row)
    },
    nextDue: async (routes) => (await waitingOn(routes)).dueAt ?? undefined,
    count: async (routes) => (await waitingOn(routes)).count,
    deleteCreatedBefore: (before) => deleteInBatches(database, (limit) => removeOld({ before, limit })),
  }
}

function namesOf([route, other = route]: readonly MailRoute[]): Routes | undefined {
  return route === undefined || other === undefined ? undefined : { route, other }
}
