import { sql } from 'kysely'
import { z } from 'zod'
import type { ConnectionCount, ConnectionSum, CountStore } from '../journeys/counts/count-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { deleteBefore } from './plain-statements.ts'
import { query } from './query.ts'
import { flag, rowsOf } from './rows.ts'
import type { ConnectionCountTable } from './tables.ts'
import { write } from './writes.ts'

const keys = [
  'realm',
  'journey',
  'slot',
  'revision',
  'nodeId',
  'outcome',
  'isError',
  'durationClass',
] as const

const hourMs = 3_600_000

/** Adds a count to the existing row. */
const sum = {
  count: sql<number>`connection_counts.count + excluded.count`,
  firstAt: sql<number>`case when excluded.first_at < connection_counts.first_at then excluded.first_at else connection_counts.first_at end`,
}

/** An upsert, so that concurrent additions are exact. */
const add = query<ConnectionCountTable>((db, $) =>
  db
    .insertInto('connectionCounts')
    .values($)
    .onConflict((conflict) => conflict.columns(keys).doUpdateSet(sum)),
)

const ofJourney = query<{ realm: string; journey: string; since: number }>((db, $) =>
  db
    .selectFrom('connectionCounts')
    .select(['revision', 'nodeId', 'outcome', 'isError', 'durationClass'])
    .select(({ fn }) => [fn.sum('count').as('count'), fn.min('firstAt').as('firstAt')])
    .where('realm', '=', $.realm)
    .where('journey', '=', $.journey)
    .where('slot', '>=', $.since)
    .groupBy(['revision', 'nodeId', 'outcome', 'isError', 'durationClass']),
)

const isWithinHour = sql<boolean>`slot % ${sql.lit(hourMs)} <> 0`

const insertHours = query<{ before: number }>((db, $) =>
  db
    .insertInto('connectionCounts')
    .columns([...keys, 'count', 'firstAt'])
    .expression((eb) =>
      eb
        .selectFrom('connectionCounts')
        .select(['realm', 'journey'])
        .select(sql<number>`slot - slot % ${sql.lit(hourMs)}`.as('hour'))
        .select(['revision', 'nodeId', 'outcome', 'isError', 'durationClass'])
        .select(({ fn }) => [fn.sum<number>('count').as('sum'), fn.min('firstAt').as('first')])
        .where('slot', '<', $.before)
        .where(isWithinHour)
        .groupBy(['realm', 'journey', 'hour', 'revision', 'nodeId', 'outcome', 'isError', 'durationClass']),
    )
    .onConflict((conflict) => conflict.columns(keys).doUpdateSet(sum)),
)

const deleteMerged = query<{ before: number }>((db, $) =>
  db.deleteFrom('connectionCounts').where('slot', '<', $.before).where(isWithinHour),
)

const deleteSlot = deleteBefore('connectionCounts', 'slot', 'slot')

const sums = rowsOf<ConnectionSum>('connection_counts', 'nodeId', () =>
  z.object({
    revision: z.string(),
    nodeId: z.string(),
    outcome: z.string(),
    isError: flag,
    durationClass: z.number(),
    count: z.coerce.number(),
    firstAt: z.coerce.number(),
  }),
)

/** Stores counts of connections in SQL. */
export function countStore(database: Database): CountStore {
  return {
    async add(counts) {
      // In one order, so that servers that add to the same rows wait for each other instead of blocking each other.
      const sorted = counts
        .map((one) => ({ one, key: JSON.stringify(keys.map((key) => one[key])) }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      await database.write(sorted.map(({ one }) => add(rowOf(one))))
    },
    read: (realm, journey, since) => sums.all(database, ofJourney({ realm, journey, since })),
    mergeIntoHours: (before) => write(database, [insertHours({ before }), deleteMerged({ before })]),
    async deleteBefore(before) {
      await deleteInBatches(database, (limit) => deleteSlot({ before, limit }))
    },
  }
}

function rowOf({ isError, ...count }: ConnectionCount): ConnectionCountTable {
  return { ...count, isError: Number(isError) }
}
