import { sql } from 'kysely'
import { query } from './query.ts'
import type { JourneyRevisionTable, JourneySessionTable, WatchedRunTable } from './tables.ts'

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

/** Newest first; a journey or outcome that is null chooses nothing. */
export const recent = query<{
  realm: string
  limit: number
  journey: string | null
  outcome: string | null
}>((db, $) =>
  db
    .selectFrom('journeySessions')
    .selectAll()
    .where('realm', '=', $.realm)
    .where(sql<boolean>`(cast(${$.journey} as text) is null or journey = ${$.journey})`)
    .where(sql<boolean>`(cast(${$.outcome} as text) is null or outcome = ${$.outcome})`)
    .orderBy('startedAt', 'desc')
    .limit($.limit),
)

/** Newest first: what was started for a transaction, and its opener. */
export const ofTransaction = query<{
  realm: string
  transactionHash: string
  opener: string
  limit: number
}>((db, $) =>
  db
    .selectFrom('journeySessions')
    .selectAll()
    .where('realm', '=', $.realm)
    .where((eb) => eb.or([eb('transactionHash', '=', $.transactionHash), eb('idHash', '=', $.opener)]))
    .orderBy('startedAt', 'desc')
    .limit($.limit),
)

/** Breaks a uniqueness rule when the watch records another run. */
export const insertWatch = query<WatchedRunTable>((db, $) => db.insertInto('watchedRuns').values($))

/** The journey session that a watch records. */
export const watched = query<{ realm: string; watch: string }>((db, $) =>
  db
    .selectFrom('journeySessions')
    .innerJoin('watchedRuns', 'watchedRuns.idHash', 'journeySessions.idHash')
    .selectAll('journeySessions')
    .where('watchedRuns.realm', '=', $.realm)
    .where('watchedRuns.watch', '=', $.watch),
)

/** Those whose journey session is forgotten. */
export const removeWatchesOfNothing = query<Record<string, never>>((db) =>
  db
    .deleteFrom('watchedRuns')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('journeySessions')
            .select('journeySessions.idHash')
            .whereRef('journeySessions.idHash', '=', 'watchedRuns.idHash'),
        ),
      ),
    ),
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

/** As `advance`, and if it is claimed by `owner`, whose claim ends. */
export const advanceClaimed = query<Advance & { owner: string }>(
  (db, { idHash, claimedStep, nextStep, owner, ...columns }) =>
    db
      .updateTable('journeySessions')
      .set({ ...columns, step: nextStep, claimedBy: null, claimedUntil: null })
      .where('idHash', '=', idHash)
      .where('step', '=', claimedStep)
      .where('claimedBy', '=', owner),
)

/** Claims a step that is the current one and that nobody else has. */
export const take = query<{ idHash: string; step: number; owner: string; now: number; until: number }>(
  (db, $) =>
    db
      .updateTable('journeySessions')
      .set({ claimedBy: $.owner, claimedUntil: $.until })
      .where('idHash', '=', $.idHash)
      .where('step', '=', $.step)
      .where((eb) => eb.or([eb('claimedUntil', 'is', null), eb('claimedUntil', '<', $.now)]))
      .returningAll(),
)

/** Keeps a claim that is still one's own. */
export const renew = query<{ idHash: string; owner: string; until: number }>((db, $) =>
  db
    .updateTable('journeySessions')
    .set({ claimedUntil: $.until })
    .where('idHash', '=', $.idHash)
    .where('claimedBy', '=', $.owner),
)

/** Gives a claim back that is still one's own. */
export const release = query<{ idHash: string; owner: string }>((db, $) =>
  db
    .updateTable('journeySessions')
    .set({ claimedBy: null, claimedUntil: null })
    .where('idHash', '=', $.idHash)
    .where('claimedBy', '=', $.owner),
)

/** At most `limit`. */
export const removeExpired = query<{ before: number; limit: number }>((db, $) =>
  db
    .deleteFrom('journeySessions')
    .where('idHash', 'in', (eb) =>
      eb.selectFrom('journeySessions').select('idHash').where('expiresAt', '<', $.before).limit($.limit),
    ),
)

/** Those that nobody answered, at most `limit`. The condition is that of their index. */
export const removeUnanswered = query<{ before: number; limit: number }>((db, $) =>
  db
    .deleteFrom('journeySessions')
    .where('idHash', 'in', (eb) =>
      eb
        .selectFrom('journeySessions')
        .select('idHash')
        .where(
          sql<boolean>`step = 1 and outcome = 'underway' and suspended_hash is null and transaction_hash is null`,
        )
        .where('expiresAt', '<', $.before)
        .limit($.limit),
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
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('journeySessions')
            .select('journeySessions.idHash')
            .whereRef('journeySessions.revision', '=', 'journeyRevisions.id'),
        ),
      ),
    ),
)

/** One frozen journey. */
export const revision = query<{ id: string }>((db, $) =>
  db.selectFrom('journeyRevisions').selectAll().where('id', '=', $.id),
)

/** Every frozen journey, without its content. */
export const revisionIds = query((db) =>
  db
    .selectFrom('journeyRevisions')
    .select(['id', sql<string>`''`.as('content')])
    .orderBy('id'),
)

/** Changes nothing where there is none. */
export const replaceRevision = query<Pick<JourneyRevisionTable, 'id' | 'content'>>((db, $) =>
  db.updateTable('journeyRevisions').set({ content: $.content }).where('id', '=', $.id),
)
