import { z } from 'zod'
import type { Limit, LimitWindow } from '../limits/limit.ts'
import type { LimitStore } from '../limits/limit-store.ts'
import type { Database, Row } from './database.ts'
import { forgetInBatches } from './forget-in-batches.ts'
import { query, type Statement } from './query.ts'

const windowSchema: z.ZodType<LimitWindow> = z.object({ count: z.number(), endsAt: z.number() })

const byKey = query<{ key: string; now: number }>((db, $) =>
  db
    .selectFrom('limitWindows')
    .select(['count', 'endsAt'])
    .where('key', '=', $.key)
    .where('endsAt', '>', $.now),
)

/** One row or none: an update in the place of the insert, which writes nothing where the window is full. */
const count = query<{ key: string; by: number; most: number; now: number; endsAt: number }>((db, $) =>
  db
    .insertInto('limitWindows')
    .values({ key: $.key, count: $.by, endsAt: $.endsAt })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((eb) => ({
          count: eb
            .case()
            .when('limitWindows.endsAt', '<=', $.now)
            .then(eb.ref('excluded.count'))
            .else(eb('limitWindows.count', '+', eb.ref('excluded.count')))
            .end(),
          endsAt: eb
            .case()
            .when('limitWindows.endsAt', '<=', $.now)
            .then(eb.ref('excluded.endsAt'))
            .else(eb.ref('limitWindows.endsAt'))
            .end(),
        }))
        .where((eb) =>
          eb.or([eb('limitWindows.endsAt', '<=', $.now), eb('limitWindows.count', '<', $.most)]),
        ),
    )
    .returning(['count', 'endsAt']),
)

const removeOver = query<{ now: number; limit: number }>((db, $) =>
  db
    .deleteFrom('limitWindows')
    .where('key', 'in', (eb) =>
      eb.selectFrom('limitWindows').select('key').where('endsAt', '<=', $.now).limit($.limit),
    ),
)

/** Counts in a window; writes nothing where it is full. */
export function takeOf({ key, most, windowMs }: Limit, now: number, by = 1): Statement {
  return count({ key, by, most, now, endsAt: now + windowMs })
}

/** Windows of limits in SQL. */
export function limitStore(database: Database): LimitStore {
  return {
    read: async (key, now) => windowOf(await database.read(byKey({ key, now }))),
    async take(limit, now, by) {
      const written = await database.write([takeOf(limit, now, by)])
      return written.kind === 'saved' ? windowOf(written.results[0]?.rows ?? []) : undefined
    },
    forget: (now) => forgetInBatches(database, (limit) => removeOver({ now, limit })),
  }
}

function windowOf([row]: readonly Row[]): LimitWindow | undefined {
  return row && windowSchema.parse(row)
}
