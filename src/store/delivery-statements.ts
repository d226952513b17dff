import { type Kysely, sql } from 'kysely'
import type { WebhookEvent } from '../help-desk/webhooks/webhook.ts'
import { deleteBefore, deleteWith, insertRow, updateWith } from './plain-statements.ts'
import { query } from './query.ts'
import type { Tables } from './tables.ts'

const columns = [
  'id',
  'realm',
  'receiver',
  'transactionHash',
  'reference',
  'event',
  'sequence',
  'at',
  'createdAt',
  'tries',
  'isDelivered',
] as const

const parties = [
  'transactions.realm',
  'receivers.id as receiver',
  'transactions.idHash as transactionHash',
  'transactions.reference',
] as const

const [kind, state, result] = [sql.ref('events.kind'), sql.ref('events.state'), sql.ref('events.result')]

/** The webhook event for an event of the timeline. The last wrong code ends a check and is reported as that ending. */
const newestEvent = sql<string>`case
  when ${kind} = 'state' and ${state} <> 'COMPLETED' then 'opened'
  when ${kind} = 'state' and ${result} = 'APPROVED' then 'approved'
  when ${kind} = 'state' then 'denied'
  when ${kind} = 'codeWrong' and ${state} = 'COMPLETED' then 'wrongCode'
  else ${kind} end`

/** Checks, each with the enabled webhooks of its realm that subscribe to this event. */
function subscribed(db: Kysely<Tables>, event: ReturnType<typeof sql<string>>) {
  return db
    .selectFrom('transactions')
    .innerJoin('verifications', 'verifications.idHash', 'transactions.idHash')
    .innerJoin('receivers', 'receivers.realm', 'transactions.realm')
    .where('receivers.isEnabled', '=', 1)
    .where('receivers.events', 'like', sql<string>`'%"' || ${event} || '"%'`)
}

/** Derived from webhook and event, so that each webhook gets each event once. */
function idOf(moment: ReturnType<typeof sql<string>>) {
  const [receiver, reference] = [sql.ref('receivers.id'), sql.ref('transactions.reference')]
  return sql<string>`${receiver} || '.' || ${reference} || '.' || ${moment}`.as('id')
}

function untried(now: number) {
  return [
    sql<number>`cast(${now} as bigint)`.as('createdAt'),
    sql<number>`0`.as('tries'),
    sql<number>`0`.as('isDelivered'),
  ] as const
}

/**
 * Inserts a delivery of a check's newest event for each webhook. Webhooks get no events from before they were created.
 */
export const insertNewest = query<{ idHash: string; now: number }>((db, { idHash, now }) =>
  db
    .insertInto('deliveries')
    .columns(columns)
    .expression(
      subscribed(db, newestEvent)
        .innerJoin('transactionEvents as events', (join) =>
          join
            .onRef('events.idHash', '=', 'transactions.idHash')
            .onRef('events.sequence', '=', 'transactions.sequence'),
        )
        .select(idOf(sql`cast(${sql.ref('events.sequence')} as text)`))
        .select(parties)
        .select([newestEvent.as('event'), 'events.sequence', 'events.at', ...untried(now)])
        .where('transactions.idHash', '=', idHash)
        .whereRef('events.at', '>=', 'receivers.createdAt'),
    )
    .onConflict((conflict) => conflict.column('id').doNothing()),
)

type Moment = 'transactions.createdAt' | 'transactions.expiresAt' | 'verifications.usedAt'

/** Deliveries of an event that isn't in the timeline and happens once per check. */
function deliveriesOnce(db: Kysely<Tables>, event: WebhookEvent, at: Moment, now: number) {
  const name = sql<string>`${sql.lit(event)}`
  return subscribed(db, name)
    .select(idOf(name))
    .select(parties)
    .select([
      name.as('event'),
      sql<null>`cast(null as integer)`.as('sequence'),
      `${at} as at`,
      ...untried(now),
    ])
    .whereRef(at, '>=', 'receivers.createdAt')
}

function insertOnce(event: WebhookEvent, at: Moment) {
  return query<{ idHash: string; now: number }>((db, { idHash, now }) =>
    db
      .insertInto('deliveries')
      .columns(columns)
      .expression(deliveriesOnce(db, event, at, now).where('transactions.idHash', '=', idHash))
      .onConflict((conflict) => conflict.column('id').doNothing()),
  )
}

/** Run it after all rows of the check are saved. */
export const insertCreated = insertOnce('created', 'transactions.createdAt')

export const insertUsed = insertOnce('used', 'verifications.usedAt')

/** Inserts deliveries for checks that expired after `since` without having ended. */
export const enqueueExpired = query<{ since: number; now: number }>((db, { since, now }) =>
  db
    .insertInto('deliveries')
    .columns(columns)
    .expression(
      deliveriesOnce(db, 'expired', 'transactions.expiresAt', now)
        .where('transactions.expiresAt', '>', since)
        .where('transactions.expiresAt', '<=', now)
        .where('transactions.endedAt', 'is', null),
    )
    .onConflict((conflict) => conflict.column('id').doNothing()),
)

type RealmEvent = { realm: string; event: string; about: string; data: string; now: number }

/** Inserts a delivery of an event that belongs to no check for each webhook. `about` names the event, once for each webhook. */
export const insertOfRealm = query<RealmEvent>((db, { realm, event, about, data, now }) => {
  const text = (value: string) => sql<string>`cast(${value} as text)`
  return db
    .insertInto('deliveries')
    .columns([...columns, 'data'])
    .expression(
      db
        .selectFrom('receivers')
        .select(
          sql<string>`${sql.ref('receivers.id')} || '.' || ${text(about)} || '.' || ${text(event)}`.as('id'),
        )
        .select(['receivers.realm', 'receivers.id as receiver'])
        .select([
          sql<null>`cast(null as text)`.as('transactionHash'),
          sql<null>`cast(null as text)`.as('reference'),
          text(event).as('event'),
          sql<null>`cast(null as integer)`.as('sequence'),
          sql<number>`cast(${now} as bigint)`.as('at'),
          ...untried(now),
          text(data).as('data'),
        ])
        .where('receivers.realm', '=', realm)
        .where('receivers.isEnabled', '=', 1)
        .where('receivers.events', 'like', sql<string>`'%"' || ${text(event)} || '"%'`),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
})

export const insertDelivery = insertRow('deliveries')

/** Queues the calls of deliveries without an attempt. */
function queueOf(db: Kysely<Tables>, now: number, which: (of: Untried) => Untried) {
  return db
    .insertInto('calls')
    .columns(['id', 'realm', 'about', 'source', 'body', 'attempts', 'createdAt', 'dueAt'])
    .expression(
      which(untriedOf(db))
        .select(['id', 'realm'])
        .select([
          sql<string>`'a webhook of checks'`.as('about'),
          sql<string>`'delivery'`.as('source'),
          sql<string>`''`.as('body'),
          sql<number>`0`.as('attempts'),
          sql<number>`cast(${now} as bigint)`.as('made'),
          sql<number>`cast(${now} as bigint)`.as('due'),
        ]),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
}

type Untried = ReturnType<typeof untriedOf>

function untriedOf(db: Kysely<Tables>) {
  return db.selectFrom('deliveries').where('tries', '=', 0).where('isDelivered', '=', 0)
}

export const queueOfCheck = query<{ idHash: string; now: number }>((db, { idHash, now }) =>
  queueOf(db, now, (untried) => untried.where('transactionHash', '=', idHash)),
)

export const queueOfRealm = query<{ realm: string; event: WebhookEvent; now: number }>(
  (db, { realm, event, now }) =>
    queueOf(db, now, (untried) =>
      untried.where('createdAt', '=', now).where('realm', '=', realm).where('event', '=', event),
    ),
)

export const queueOne = query<{ id: string; now: number }>((db, { id, now }) =>
  queueOf(db, now, (untried) => untried.where('id', '=', id)),
)

export const queueExpired = query<{ now: number }>((db, { now }) =>
  queueOf(db, now, (untried) => untried.where('createdAt', '=', now).where('event', '=', 'expired')),
)

export const unqueue = deleteWith('calls', ['id'])

/** Resets the attempts of a delivery. */
export const startAnew = query<{ realm: string; id: string }>((db, $) =>
  db
    .updateTable('deliveries')
    .set({ tries: 0, isDelivered: 0 })
    .where('realm', '=', $.realm)
    .where('id', '=', $.id),
)

/** The call of a discarded delivery was removed before any attempt: without this, the next event of the check would queue it again. */
export const discarded = query<{ id: string }>((db, $) =>
  db.updateTable('deliveries').set({ tries: 1 }).where('id', '=', $.id).where('tries', '=', 0),
)

const attempted = ['tries', 'isDelivered', 'lastStatus', 'lastTriedAt'] as const

export const note = updateWith('deliveries', ['id'], attempted)

/** Derives the state from the queue: a call that is no longer queued was delivered or given up. */
function withState(db: Kysely<Tables>) {
  const standing = sql<string>`case
    when ${sql.ref('calls.id')} is not null then 'waiting'
    when ${sql.ref('deliveries.isDelivered')} = 1 then 'delivered'
    else 'failed' end`
  const selected = db
    .selectFrom('deliveries')
    .leftJoin('calls', 'calls.id', 'deliveries.id')
    .selectAll('deliveries')
    .select([standing.as('state'), 'calls.dueAt as nextTryAt'])
  return { selected, standing }
}

export const deliveryById = query<{ id: string }>((db, $) =>
  withState(db).selected.where('deliveries.id', '=', $.id),
)

type Wanted = {
  realm: string
  receiver: string | null
  state: string | null
  beforeAt: number
  beforeId: string
  limit: number
}

/** Newest first. A null webhook or state matches all. */
export const listed = query<Wanted>((db, $) => {
  const { selected, standing } = withState(db)
  return selected
    .where('deliveries.realm', '=', $.realm)
    .where(
      sql<boolean>`(cast(${$.receiver} as text) is null or ${sql.ref('deliveries.receiver')} = ${$.receiver})`,
    )
    .where(sql<boolean>`(cast(${$.state} as text) is null or ${standing} = ${$.state})`)
    .where((eb) =>
      eb.or([
        eb('deliveries.createdAt', '<', $.beforeAt),
        eb.and([eb('deliveries.createdAt', '=', $.beforeAt), eb('deliveries.id', '<', $.beforeId)]),
      ]),
    )
    .orderBy('deliveries.createdAt', 'desc')
    .orderBy('deliveries.id', 'desc')
    .limit($.limit)
})

/** Removes the queued calls of a webhook. */
export const unqueueOf = query<{ receiver: string }>((db, $) =>
  db
    .deleteFrom('calls')
    .where('id', 'in', (eb) => eb.selectFrom('deliveries').select('id').where('receiver', '=', $.receiver)),
)

export const removeOf = deleteWith('deliveries', ['receiver'])

export const removeOld = deleteBefore('deliveries', 'id', 'createdAt')
