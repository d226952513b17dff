import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { alarmSchema } from '../help-desk/alarms/alarm.ts'
import type { AlarmStore, Sign, SignQuery } from '../help-desk/alarms/alarm-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { enqueueOfRealm } from './deliveries.ts'
import { deleteBefore, rowsWith } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { json, maybe, parsedWith, recordsOf } from './rows.ts'
import type { AlarmTable, Tables } from './tables.ts'
import { tryWrite } from './writes.ts'

const alarms = recordsOf('alarms', 'id', alarmSchema)

type Counted = { realm: string; since: number; limit: number }

/** The events by which a check was taken over, as the members of a list. */
const passes = sql<string | null>`(
  select string_agg(${sql.ref('passed.data')}, ',') from ${sql.table('transactionEvents')} as passed
  where ${sql.ref('passed.idHash')} = ${sql.ref('transactions.idHash')} and ${sql.ref('passed.kind')} = 'takenOver')`

/** Checks, each with its agents. */
function checks(db: Kysely<Tables>, { realm, limit }: Pick<Counted, 'realm' | 'limit'>) {
  return db
    .selectFrom('transactions')
    .innerJoin('verifications', 'verifications.idHash', 'transactions.idHash')
    .select(['transactions.openedBy', 'transactions.agentId', passes.as('passes')])
    .where('transactions.realm', '=', realm)
    .limit(limit)
}

/** The result is part of the text, because the partial index is found by it. */
function denied(db: Kysely<Tables>, $: Counted) {
  return checks(db, $)
    .where(sql<boolean>`${sql.ref('transactions.result')} = 'DENIED'`)
    .where('transactions.endedAt', '>', $.since)
    .where('transactions.rejectedAt', 'is', null)
}

const rejected = query<Counted>((db, $) => checks(db, $).where('transactions.rejectedAt', '>', $.since))

const wrongPeople = query<Counted>((db, $) => denied(db, $).where('transactions.denial', '=', 'wrongPerson'))

const failed = query<Counted>((db, $) =>
  denied(db, $).where((eb) =>
    eb.or([eb('transactions.denial', 'is', null), eb('transactions.denial', '=', 'wrongCode')]),
  ),
)

/** SQLite joins a cross join in this order: from the few events, by their index, and not from all checks of the realm. */
export const failedSignIns = query<Counted>((db, $) =>
  db
    .selectFrom('transactionEvents as events')
    .crossJoin('transactions')
    .crossJoin('verifications')
    .select(['transactions.openedBy', 'transactions.agentId', passes.as('passes')])
    .where(sql<boolean>`${sql.ref('events.kind')} = 'signInFailed'`)
    .where('events.at', '>', $.since)
    .whereRef('transactions.idHash', '=', 'events.idHash')
    .where('transactions.realm', '=', $.realm)
    .whereRef('verifications.idHash', '=', 'transactions.idHash')
    .limit($.limit),
)

const ofPerson = query<Counted & { personId: string }>((db, $) =>
  checks(db, $)
    .where('transactions.subjectId', '=', $.personId)
    .where('transactions.createdAt', '>', $.since),
)

const newest = rowsWith('alarms', ['realm', 'kind', 'personId'])

const raise = query<AlarmTable & { since: number }>((db, { since, ...$ }) =>
  db
    .insertInto('alarms')
    .values($)
    .onConflict((conflict) =>
      conflict
        .columns(['realm', 'kind', 'personId'])
        .doUpdateSet((eb) => ({
          id: eb.ref('excluded.id'),
          person: eb.ref('excluded.person'),
          count: eb.ref('excluded.count'),
          minutes: eb.ref('excluded.minutes'),
          involved: eb.ref('excluded.involved'),
          raisedAt: eb.ref('excluded.raisedAt'),
          acknowledgedAt: null,
          acknowledgedBy: null,
        }))
        // rule H26: otherwise two servers raise the same alarm
        .where((eb) => eb.fn.coalesce('alarms.acknowledgedAt', 'alarms.raisedAt'), '<=', since),
    ),
)

type Extension = Pick<AlarmTable, 'id' | 'count' | 'involved'> & { earlier: string }

/** Works only on what was read, so that no server removes whom another one has added. */
const extend = query<Extension>((db, { id, earlier, ...$ }) =>
  db
    .updateTable('alarms')
    .set($)
    .where('id', '=', id)
    .where('acknowledgedAt', 'is', null)
    .where('involved', '=', earlier),
)

const byId = rowsWith('alarms', ['id', 'realm'])

const unread = query<{ realm: string; limit: number }>((db, $) =>
  db
    .selectFrom('alarms')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('acknowledgedAt', 'is', null)
    .orderBy(sql`${sql.ref('personId')} <> ''`)
    .orderBy('raisedAt', 'desc')
    .orderBy('id')
    .limit($.limit),
)

type Reading = { realm: string; id: string; by: string; party: string; now: number }

/** Works once, and never for an involved person. @param party the reader's id as a member of the list. */
// rule H26: otherwise a lead acknowledges alarms of another realm
const acknowledge = query<Reading>((db, $) =>
  db
    .updateTable('alarms')
    .set({ acknowledgedAt: $.now, acknowledgedBy: $.by })
    .where('id', '=', $.id)
    .where('realm', '=', $.realm)
    .where('acknowledgedAt', 'is', null)
    // rule H26: otherwise a lead acknowledges the alarm about their own checks
    .where(sql<boolean>`replace(${sql.ref('involved')}, ${$.party}, '') = ${sql.ref('involved')}`),
)

const removeOld = deleteBefore('alarms', 'id', 'raisedAt')

const agent = z.object({ id: z.string() })

const signSchema = z.object({
  openedBy: json(z.object({ agent: agent.nullish(), secondAgent: agent.nullish() })),
  agentId: maybe(z.string()),
  passes: maybe(z.string()),
})

const passesSchema = json(z.array(z.object({ fromId: z.string() })))

const signs = parsedWith<Sign>((row) => {
  const { openedBy, agentId, passes } = signSchema.parse(row)
  const earlier = passesSchema.parse(`[${passes ?? ''}]`).map(({ fromId }) => fromId)
  // rule H26: otherwise an agent of a check, present, former or second, acknowledges the alarm about it
  const ids = [openedBy.agent?.id, openedBy.secondAgent?.id, agentId, ...earlier]
  return { agentIds: ids.filter((id) => id !== undefined) }
})

/** The queries of what a kind of alarm counts. No event is in two of them. */
function queriesOf({ kind, realm, personId, since, limit }: SignQuery) {
  const counted = { realm, since, limit }
  if (kind === 'callerCheckedOften') return [ofPerson({ ...counted, personId })]
  return kind === 'denials'
    ? [rejected(counted), wrongPeople(counted)]
    : [failed(counted), failedSignIns(counted)]
}

/** Stores alarms in SQL. */
export function alarmStore(database: Database): AlarmStore {
  return {
    async signs(asked) {
      const found = await Promise.all(queriesOf(asked).map((each) => signs.all(database, each)))
      return found.flat().slice(0, asked.limit)
    },
    newest: ({ realm, kind, personId }) => alarms.one(database, newest({ realm, kind, personId })),
    async raise(alarm, since) {
      const { id, realm, kind, person, count, minutes, raisedAt } = alarm
      const data = {
        count,
        minutes,
        person: person === undefined ? null : { _id: person.id, userName: person.name },
      }
      return tryWrite(database, [
        guarded(raise({ ...alarms.columnsOf(alarm), since }), 'window'),
        ...enqueueOfRealm({ realm, event: `alarm.${kind}`, about: id, data }, raisedAt),
      ])
    },
    async extend({ id, involved: earlier }, { count, involved }) {
      const extended = extend({
        id,
        count,
        involved: JSON.stringify(involved),
        earlier: JSON.stringify(earlier),
      })
      return tryWrite(database, [guarded(extended, 'unread')])
    },
    find: (realm, id) => alarms.one(database, byId({ realm, id })),
    unread: (realm, limit) => alarms.all(database, unread({ realm, limit })),
    async acknowledge(realm, id, by, now) {
      const party = JSON.stringify(by.id)
      const read = acknowledge({ realm, id, by: JSON.stringify(by), party, now })
      return tryWrite(database, [guarded(read, 'unread')])
    },
    deleteRaisedBefore: (before) => deleteInBatches(database, (limit) => removeOld({ before, limit })),
  }
}
