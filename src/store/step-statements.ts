import { sql } from 'kysely'
import { deleteBefore, insertRow, rowsWith, updateWith, upsertRow } from './plain-statements.ts'
import { query, type Statement } from './query.ts'
import type { JourneySessionTable } from './tables.ts'

/** Violates a unique index if the journey session exists. */
export const insert = insertRow('journeySessions')

export const byId = rowsWith('journeySessions', ['idHash'])

/** The journey session that waits for a resume link. */
export const bySuspension = rowsWith('journeySessions', ['suspendedHash'])

/** Newest first. A null journey or outcome matches all. */
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

/** Journey sessions that were started for a transaction, and the one that created it. Newest first. */
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

/** Violates a unique index if the watch already records a run. */
export const insertWatch = insertRow('watchedRuns')

/** The journey session that a watch records. */
export const watched = query<{ realm: string; watch: string }>((db, $) =>
  db
    .selectFrom('journeySessions')
    .innerJoin('watchedRuns', 'watchedRuns.idHash', 'journeySessions.idHash')
    .selectAll('journeySessions')
    .where('watchedRuns.realm', '=', $.realm)
    .where('watchedRuns.watch', '=', $.watch),
)

/** Deletes watches whose journey session was deleted. */
export const removeOrphanedWatches = query<Record<string, never>>((db) =>
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

type PlainStep = Pick<JourneySessionTable, 'idHash' | 'body' | 'lastRequest' | 'lastAnswer'> & {
  claimedStep: number
  nextStep: number
}

type ChangedStep = PlainStep & Pick<JourneySessionTable, 'suspendedHash' | 'outcome' | 'expiresAt'>

/** The columns that a step changes. */
export type NextStep = PlainStep | ChangedStep

const advancePlain = advancing<PlainStep>()
const advanceChanged = advancing<ChangedStep>()

/** Moves a step forward if it is still the current one. */
export function advance(next: NextStep): Statement {
  return 'outcome' in next ? advanceChanged(next) : advancePlain(next)
}

function advancing<Next extends NextStep>() {
  return query<Next>((db, { idHash, claimedStep, nextStep, ...columns }) =>
    db
      .updateTable('journeySessions')
      .set({ ...columns, step: nextStep })
      .where('idHash', '=', idHash)
      .where('step', '=', claimedStep),
  )
}

const advancePlainClaimed = advancingClaimed<PlainStep & { owner: string }>()
const advanceChangedClaimed = advancingClaimed<ChangedStep & { owner: string }>()

/** Like `advance`, but only if `owner` has the claim, which ends. */
export function advanceClaimed(next: NextStep & { owner: string }): Statement {
  return 'outcome' in next ? advanceChangedClaimed(next) : advancePlainClaimed(next)
}

function advancingClaimed<Next extends NextStep & { owner: string }>() {
  return query<Next>((db, { idHash, claimedStep, nextStep, owner, ...columns }) =>
    db
      .updateTable('journeySessions')
      .set({ ...columns, step: nextStep, claimedBy: null, claimedUntil: null })
      .where('idHash', '=', idHash)
      .where('step', '=', claimedStep)
      .where('claimedBy', '=', owner),
  )
}

/** Claims a step if it is the current one and has no other claim. */
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

/** Extends a claim that `owner` still has. */
export const renew = query<{ idHash: string; owner: string; until: number }>((db, $) =>
  db
    .updateTable('journeySessions')
    .set({ claimedUntil: $.until })
    .where('idHash', '=', $.idHash)
    .where('claimedBy', '=', $.owner),
)

/** Ends a claim that `owner` still has. */
export const release = query<{ idHash: string; owner: string }>((db, $) =>
  db
    .updateTable('journeySessions')
    .set({ claimedBy: null, claimedUntil: null })
    .where('idHash', '=', $.idHash)
    .where('claimedBy', '=', $.owner),
)

/** Deletes at most `limit` rows. */
export const removeExpired = deleteBefore('journeySessions', 'idHash', 'expiresAt')

/** Deletes a journey session whose first answer has not arrived. */
export const drop = query<{ idHash: string; now: number }>((db, $) =>
  db
    .deleteFrom('journeySessions')
    .where('idHash', '=', $.idHash)
    // rule S27: otherwise a dropped journey stays stored, or a flood drops a journey that was answered
    .where('step', '=', 1)
    .where('outcome', '=', 'underway')
    .where((eb) => eb.or([eb('claimedUntil', 'is', null), eb('claimedUntil', '<', $.now)])),
)

/** Deletes at most `limit` journey sessions without an answer. The condition must match that of the partial index. */
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

/** The id is a hash of the content, so saving a revision again only updates when it was last used. */
export const saveRevision = upsertRow('journeyRevisions', ['id'], ['savedAt'])

/** Deletes revisions that no journey session runs and that were not saved after `before`. */
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

export const revision = rowsWith('journeyRevisions', ['id'])

/** Ids only, because the content is long. */
export const revisionIds = query((db) =>
  db
    .selectFrom('journeyRevisions')
    .select(['id', sql<string>`''`.as('content')])
    .orderBy('id'),
)

/** Does nothing if the revision doesn't exist. */
export const replaceRevision = updateWith('journeyRevisions', ['id'], ['content'])
