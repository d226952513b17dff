import { query } from './query.ts'
import type { JourneyRevisionTable, JourneySessionTable } from './tables.ts'

/** Breaks a uniqueness rule when the journey session is there. */
export const insert = query<JourneySessionTable>((db, $) => db.insertInto('journeySessions').values($))

/** One journey session. */
export const byId = query<{ idHash: string }>((db, $) =>
  db.selectFrom('journeySessions').selectAll().where('idHash', '=', $.idHash),
)

/** The journey session that waits for a resume link. */
export const bySuspension = query<{ suspendedHash: string }>((db, $) =>
  db.selectFrom('journeySessions').selectAll().where('suspendedHash', '=', $.suspendedHash),
)

/** Newest first. */
export const recent = query<{ realm: string; limit: number }>((db, $) =>
  db
    .selectFrom('journeySessions')
    .selectAll()
    .where('realm', '=', $.realm)
    .orderBy('startedAt', 'desc')
    .limit($.limit),
)

type Advance = Pick<
  JourneySessionTable,
  'idHash' | 'body' | 'lastRequest' | 'lastAnswer' | 'suspendedHash' | 'outcome' | 'expiresAt'
> & { claimedStep: number; nextStep: number }

/** Moves a step on, if it is still the current one. */
export const advance = query<Advance>((db, { idHash, claimedStep, nextStep, ...columns }) =>
  db
    .updateTable('journeySessions')
    .set({ ...columns, step: nextStep })
    .where('idHash', '=', idHash)
    .where('step', '=', claimedStep),
)

/** At most `limit`. */
export const removeExpired = query<{ before: number; limit: number }>((db, $) =>
  db
    .deleteFrom('journeySessions')
    .where('idHash', 'in', (eb) =>
      eb.selectFrom('journeySessions').select('idHash').where('expiresAt', '<', $.before).limit($.limit),
    ),
)

/** The content belongs to the id; saving it again only says that it is still in use. */
export const saveRevision = query<JourneyRevisionTable>((db, $) =>
  db
    .insertInto('journeyRevisions')
    .values($)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ savedAt: $.savedAt })),
)

/** Those that no journey session runs and that nobody saved lately. */
export const removeUnusedRevisions = query<{ before: number }>((db, $) =>
  db
    .deleteFrom('journeyRevisions')
    .where('savedAt', '<', $.before)
    .where('id', 'not in', (eb) => eb.selectFrom('journeySessions').select('revision')),
)

/** One frozen journey. */
export const revision = query<{ id: string }>((db, $) =>
  db.selectFrom('journeyRevisions').selectAll().where('id', '=', $.id),
)
