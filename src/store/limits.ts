import { z } from 'zod'
import type { Limit, LimitWindow } from '../limits/limit.ts'
import type { LimitStore } from '../limits/limit-store.ts'
import type { Database, Row } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { deleteWith } from './plain-statements.ts'
import { query, type Statement } from './query.ts'
import { rememberedUntilWritten } from './remembered.ts'
import { rowsWritten, write } from './writes.ts'

const windowSchema: z.ZodType<LimitWindow> = z.object({ count: z.number(), endsAt: z.number() })

const byKey = query<{ key: string }>((db, $) =>
  db.selectFrom('limitWindows').select(['count', 'endsAt']).where('key', '=', $.key),
)

type Counting = {
  key: string
  by: number
  max: number
  now: number
  /** End of a window that starts now. */
  endsAt: number
  /** The count that moves the end to `lockedUntil`. Unreachable for limits without a lock. */
  locksAt: number
  /** End of a window that becomes full now. */
  lockedUntil: number
}

/** An upsert, so that concurrent counts are exact. Returns the row, or no row if the window is full. */
const count = query<Counting>((db, $) =>
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
            .when(eb('limitWindows.count', '+', eb.ref('excluded.count')), '>=', $.locksAt)
            .then($.lockedUntil)
            .else(eb.ref('limitWindows.endsAt'))
            .end(),
        }))
        .where((eb) => eb.or([eb('limitWindows.endsAt', '<=', $.now), eb('limitWindows.count', '<', $.max)])),
    )
    .returning(['count', 'endsAt']),
)

const uncount = query<{ key: string; now: number }>((db, $) =>
  db
    .updateTable('limitWindows')
    .set((eb) => ({ count: eb('count', '-', 1) }))
    .where('key', '=', $.key)
    .where('endsAt', '>', $.now)
    .where('count', '>', 0),
)

const removeKey = deleteWith('limitWindows', ['key'])

const removeRange = query<{ from: string; to: string }>((db, $) =>
  db.deleteFrom('limitWindows').where('key', '>=', $.from).where('key', '<', $.to),
)

const removeOver = query<{ now: number; limit: number }>((db, $) =>
  db
    .deleteFrom('limitWindows')
    .where('key', 'in', (eb) =>
      eb.selectFrom('limitWindows').select('key').where('endsAt', '<=', $.now).limit($.limit),
    ),
)

/** Greater than any count. */
const never = 2_000_000_000

/** Counts in a window. Writes no row if it is full. */
export function takeOf({ key, max, windowMs, lockMs }: Limit, now: number, by = 1): Statement {
  const isFullAtOnce = lockMs !== undefined && by >= max
  return count({
    key,
    by,
    max,
    now,
    endsAt: now + (isFullAtOnce ? lockMs : windowMs),
    locksAt: lockMs === undefined ? never : max,
    lockedUntil: now + (lockMs ?? 0),
  })
}

/** Stores windows of limits in SQL. */
export function limitStore(database: Database): LimitStore {
  // Sign-ins read the windows of failed attempts, and only failures write them.
  const remembered = rememberedUntilWritten<LimitWindow | undefined>(database, 'limit_windows')

  return {
    async read(key, now) {
      const window = await remembered(key, async () => windowOf(await database.read(byKey({ key }))))
      return window === undefined || window.endsAt <= now ? undefined : window
    },
    take: async (limit, now, by) => windowOf(await rowsWritten(database, [takeOf(limit, now, by)])),
    giveBack: (key, now) => write(database, [uncount({ key, now })]),
    async remove(keys) {
      if (keys.length > 0) await database.write(keys.map((key) => removeKey({ key })))
    },
    async removeBelow(prefix) {
      // The greatest character ends the range of all keys with this prefix.
      await database.write([removeRange({ from: prefix, to: `${prefix}\u{10FFFF}` })])
    },
    deleteEnded: (now) => deleteInBatches(database, (limit) => removeOver({ now, limit })),
  }
}

function windowOf([row]: readonly Row[]): LimitWindow | undefined {
  return row && windowSchema.parse(row)
}
