import { type ExpressionBuilder, expressionBuilder, type Kysely } from 'kysely'
import {
  type Denial,
  handOverMs,
  type Rejection,
  type TransactionState,
  type Transition,
  transitions,
} from '../help-desk/transactions/transaction.ts'
import { deleteBefore, insertRow, rowsWith } from './plain-statements.ts'
import { query } from './query.ts'
import type { Tables, TransactionTable } from './tables.ts'

/** Whether a transaction is in one of these states, and neither cancelled nor expired. */
export function isIn(states: readonly TransactionState[], now: number) {
  const column: ExpressionBuilder<Tables, 'transactions'> = expressionBuilder()
  return column.and([
    column('transactions.state', 'in', states),
    column('isCancelled', '=', 0),
    column('expiresAt', '>', now),
  ])
}

/** Whether a check can change its agent, as in `canChangeAgent`, which also knows how long the result of this check can be used. */
export function isInHandOver(now: number) {
  const column: ExpressionBuilder<Tables, 'transactions'> = expressionBuilder()
  const isUsable = column.exists(
    column
      .selectFrom('verifications')
      .select('verifications.idHash')
      .whereRef('verifications.idHash', '=', 'transactions.idHash')
      .where('usedAt', 'is', null)
      .where('withdrawnAt', 'is', null),
  )
  const isApproved = column.and([
    column('transactions.result', '=', 'APPROVED'),
    column('rejectedAt', 'is', null),
    column(column('endedAt', '+', handOverMs), '>', now),
    isUsable,
  ])
  return column.and([column('isCancelled', '=', 0), column.or([column('expiresAt', '>', now), isApproved])])
}

/**
 * Whether nobody whom a transaction is about has reported an attack after `since`, so that their checks are paused. A transaction
 * is about its subject and the person vouched for.
 */
export function isUnreported(since: number) {
  const column: ExpressionBuilder<Tables, 'transactions'> = expressionBuilder()
  const report = column
    .selectFrom('transactions as reports')
    .select('reports.idHash')
    .whereRef('reports.realm', '=', 'transactions.realm')
    .where((eb) =>
      eb.or([
        eb('reports.subjectId', '=', eb.ref('transactions.subjectId')),
        // rule H27: otherwise a vouch about the person goes on
        eb('reports.subjectId', '=', eb.ref('transactions.vouchForId')),
      ]),
    )
    .where('reports.rejectedAt', '>', since)
    .where('reports.pauseLifted', 'is', null)
  return column.not(column.exists(report))
}

/** Violates a unique index if the id is taken. */
export const insert = insertRow('transactions')

/** Returns expired and cancelled transactions too. */
export const byId = rowsWith('transactions', ['idHash'])

/** A transaction by the reference that people see. */
export const byReference = rowsWith('transactions', ['realm', 'reference'])

/** A transaction, and the time of a change in epoch milliseconds. */
export type Moment = { idHash: string; now: number }

/**
 * Makes a change if its transition is allowed, and increases the sequence number. Writes no row if the transaction is in
 * another state, expired or cancelled.
 */
function change(
  db: Kysely<Tables>,
  name: keyof typeof transitions,
  { idHash, now }: Moment,
  columns: Partial<TransactionTable> = {},
) {
  const { from, to, isEnd = false }: Transition = transitions[name]
  const { isCancelled = false, ...moved } = to
  return db
    .updateTable('transactions')
    .set({ ...columns, ...moved, ...(isCancelled && { isCancelled: 1 }), ...(isEnd && { endedAt: now }) })
    .set((eb) => ({ sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', idHash)
    .where(isIn(from, now))
}

export const start = query<Moment>((db, $) => change(db, 'start', $))

// rule H27: otherwise a check that opens beside the report can be approved
export const approve = query<Moment & { sessionProperties: string; reportedAfter: number }>(
  (db, { sessionProperties, reportedAfter, ...$ }) =>
    change(db, 'approve', $, { sessionProperties }).where(isUnreported(reportedAfter)),
)

/** `denial` is null for a failed journey. */
export const deny = query<Moment & { denial: Denial | null }>((db, { denial, ...$ }) =>
  change(db, 'deny', $, { denial }),
)

export const cancel = query<Moment>((db, $) => change(db, 'cancel', $))

/** The same, as long as `agentId` is the agent. */
export const cancelOwn = query<OfAgent>((db, { agentId, ...$ }) =>
  change(db, 'cancel', $).where('agentId', '=', agentId),
)

type Rejected = Moment & { pauseLifted: number | null }

/** Denies a transaction because the person behind the link rejected it. */
export const reject = query<Rejected & { denial: Rejection }>((db, { denial, pauseLifted, ...$ }) =>
  change(db, 'deny', $, { denial, rejectedAt: $.now, pauseLifted }),
)

/** Records a rejection of a completed transaction, once. */
export const rejectLate = query<Rejected>((db, { pauseLifted, ...$ }) =>
  change(db, 'rejectLate', $, { rejectedAt: $.now, pauseLifted }).where('rejectedAt', 'is', null),
)

/** Locks the row, so that the next statement of the unit sees what others saved before. */
export const lock = query<{ idHash: string }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ sequence: eb.ref('sequence') }))
    .where('idHash', '=', $.idHash),
)

/** Needs {@link lock}. Records that the page behind the link is shown: once, and only before the caller goes on. */
export const see = query<Moment>((db, $) =>
  change(db, 'note', $, { viewedAt: $.now })
    // rule H14: otherwise a page that is shown starts the check
    .where('state', '=', 'CREATED')
    // rule H14: otherwise a page can be reported as shown after the caller went on
    .where('confirmedAt', 'is', null)
    // rule H14: otherwise each report of a page that is shown is an event
    .where('viewedAt', 'is', null),
)

/** Records that the caller confirmed the call, once. */
export const confirm = query<Moment>((db, $) =>
  change(db, 'note', $, { confirmedAt: $.now }).where('confirmedAt', 'is', null),
)

type OfAgent = Moment & { agentId: string }

/** Changes an offer or the agent, as long as `agentId` is responsible, and increases the sequence number. */
function handOver(db: Kysely<Tables>, { idHash, now, agentId }: OfAgent, columns: Partial<TransactionTable>) {
  // rule H24: otherwise two agents who take over at once both succeed
  return db
    .updateTable('transactions')
    .set(columns)
    .set((eb) => ({ sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', idHash)
    .where('agentId', '=', agentId)
    .where(isInHandOver(now))
}

/** Offers a check to a colleague or the team. A new offer replaces an earlier one. */
export const offer = query<OfAgent & { offer: string; offeredTo: string }>((db, { offer, offeredTo, ...$ }) =>
  handOver(db, $, { offer, offeredTo }),
)

const withoutOffer = { offer: null, offeredTo: null } as const

export const withdrawOffer = query<OfAgent>((db, $) =>
  handOver(db, $, withoutOffer).where('offeredTo', 'is not', null),
)

type Takeover = OfAgent & { assignee: string; assigneeId: string }

/** Makes another agent responsible. Of two agents who take over at once, one finds the former agent replaced. */
export const takeOver = query<Takeover>((db, { assignee, assigneeId, ...$ }) =>
  handOver(db, $, { ...withoutOffer, assignee, agentId: assigneeId }),
)

/** The same, only as long as the check is offered to that agent or to the team. */
// rule H24: otherwise a withdrawn offer can be accepted
export const acceptOffer = query<Takeover>((db, { assignee, assigneeId, ...$ }) =>
  handOver(db, $, { ...withoutOffer, assignee, agentId: assigneeId }).where('offeredTo', 'in', [
    '',
    assigneeId,
  ]),
)

type Reading = Moment & { by: string; readerId: string }

/** Records that its agent read a rejection, once, also after the transaction has expired. */
export const readAsAgent = query<Reading>((db, $) =>
  db
    .updateTable('transactions')
    .set({ rejectionReadAt: $.now, rejectionReadBy: $.by })
    .where('idHash', '=', $.idHash)
    .where('agentId', '=', $.readerId)
    .where('rejectedAt', 'is not', null)
    .where('rejectionReadAt', 'is', null),
)

/** The same for a lead who is not its agent. */
export const readAsLead = query<Reading>((db, $) =>
  db
    .updateTable('transactions')
    .set({ leadReadAt: $.now, leadReadBy: $.by })
    .where('idHash', '=', $.idHash)
    // rule H22: otherwise an agent takes the alarm of their own check off the wall
    .where((eb) => eb.or([eb('agentId', 'is', null), eb('agentId', '!=', $.readerId)]))
    .where('rejectedAt', 'is not', null)
    .where('leadReadAt', 'is', null),
)

/** Increases only the sequence number, for an event. */
export const note = query<Moment>((db, $) => change(db, 'note', $))

/** Increases the sequence number of an approved transaction, also after its expiry, while the result may be usable. */
export const noteResult = query<{ idHash: string }>((db, $) =>
  db
    .updateTable('transactions')
    .set((eb) => ({ sequence: eb('sequence', '+', 1) }))
    .where('idHash', '=', $.idHash)
    .where('result', '=', 'APPROVED'),
)

/** Records an email, unless one was sent after `since`. */
// rule H10: otherwise the link can be emailed without limit
export const send = query<Moment & { since: number }>((db, { since, ...$ }) =>
  change(db, 'note', $, { sentAt: $.now }).where((eb) =>
    eb.or([eb('sentAt', 'is', null), eb('sentAt', '<=', since)]),
  ),
)

/** Records a message, unless one was queued after `since`. */
export const sendMessage = query<Moment & { since: number }>((db, { since, ...$ }) =>
  change(db, 'note', $, { messagedAt: $.now }).where((eb) =>
    eb.or([eb('messagedAt', 'is', null), eb('messagedAt', '<=', since)]),
  ),
)

/**
 * The time of an event, never earlier than the event before it. `now` is the start of a step, which can be earlier than
 * the events that the step sent while it ran.
 */
function timeOf({ idHash, now }: Moment) {
  const column: ExpressionBuilder<Tables, 'transactionEvents'> = expressionBuilder()
  const own = column.cast<number>(column.val(now), 'bigint')
  const latest = column
    .selectFrom('transactionEvents')
    .select(({ fn }) => fn.max('at').as('latest'))
    .where('idHash', '=', idHash)
  return column.case().when(latest, '>', own).then(latest).else(own).end().as('at')
}

type NewEvent = Moment & { kind: string; key: string | null; data: string | null }

/** Like `appendChange`, for an event that changes no column of the transaction. Violates a unique index if the key was used. */
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
export const appendChange = query<Moment>((db, $) =>
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

type Notification = { idHash: string; sequence: number; notificationData: string }

/** If another change came first, its event has this number, so that the event of this one can't be appended. */
export const recordNotification = query<Notification>((db, { idHash, ...$ }) =>
  db.updateTable('transactions').set($).where('idHash', '=', idHash),
)

/** The event that used a key. */
export const eventByKey = rowsWith('transactionEvents', ['idHash', 'key'])

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
export const removeEnded = deleteBefore('transactions', 'idHash', 'expiresAt')
