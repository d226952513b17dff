import { type ExpressionBuilder, expressionBuilder, type Kysely } from 'kysely'
import { z } from 'zod'
import {
  type Verification,
  type VerificationChange,
  verificationSchema,
} from '../help-desk/checks/verification.ts'
import type { CodeEvent, VerificationStore } from '../help-desk/checks/verification-store.ts'
import type { TransactionEvent } from '../help-desk/transactions/transaction.ts'
import { accountEffects } from './account-effects.ts'
import { callAtEnd } from './calls-at-end.ts'
import type { Database } from './database.ts'
import { enqueueCreated, enqueueNewest, enqueueUsed } from './deliveries.ts'
import { insertRow, rowsWith, updateWith } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { Tables, VerificationTable } from './tables.ts'
import { appended } from './transaction-events.ts'
import { eventRows } from './transaction-rows.ts'
import * as transactions from './transaction-statements.ts'
import { countWritten, tryWrite } from './writes.ts'

const verifications = recordsOf('verifications', 'idHash', verificationSchema)

const insert = insertRow('verifications')

const byId = rowsWith('verifications', ['idHash'])

const prove = updateWith('verifications', ['idHash'], ['isBound', 'methods', 'level'])

const match = query<{ idHash: string; now: number }>((db, $) =>
  db.updateTable('verifications').set({ matchedAt: $.now }).where('idHash', '=', $.idHash),
)

const spend = query<{ idHash: string; triesLeft: number; left: number }>((db, $) =>
  db
    .updateTable('verifications')
    .set({ triesLeft: $.left })
    .where('idHash', '=', $.idHash)
    .where('triesLeft', '=', $.triesLeft),
)

type Use = Settled & { agentId: string; key: string | null; reportedAfter: number }

type Settled = { idHash: string; by: string; endedAfter: number; endedBy: number; now: number }

const check: ExpressionBuilder<Tables, 'transactions'> = expressionBuilder()

/** Updates a result that is neither used nor withdrawn, if its check ended in a span of time. @param others of the check. */
function settle(
  db: Kysely<Tables>,
  { idHash, endedAfter, endedBy }: Settled,
  columns:
    | Pick<VerificationTable, 'usedAt' | 'usedBy' | 'usedKey'>
    | Pick<VerificationTable, 'withdrawnAt' | 'withdrawnBy'>,
  others = check.and([]),
) {
  return (
    db
      .updateTable('verifications')
      .set(columns)
      .where('idHash', '=', idHash)
      // rule H13: otherwise a result can be used twice
      .where('usedAt', 'is', null)
      // rule H23: otherwise a withdrawn result can be used
      .where('withdrawnAt', 'is', null)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('transactions')
            .select('transactions.idHash')
            .whereRef('transactions.idHash', '=', 'verifications.idHash')
            .where('result', '=', 'APPROVED')
            // rule H6: otherwise a result can be used after a late "this is not me"
            .where('rejectedAt', 'is', null)
            // rule H13: otherwise the store accepts an expired result
            .where('endedAt', '>', endedAfter)
            // rule H23: otherwise the store accepts a result before its delay is over
            .where('endedAt', '<=', endedBy)
            .where(others),
        ),
      )
  )
}

/** Works once, and only while the result is usable and the checks of its people are not paused. */
// rule H13: otherwise the store accepts a result without a typed code
const use = query<Use>((db, $) =>
  settle(
    db,
    $,
    { usedAt: $.now, usedBy: $.by, usedKey: $.key },
    check.and([
      // rule H24: otherwise a former agent uses the result at the moment of a take-over
      check('agentId', '=', $.agentId),
      // rule H27: otherwise a result can be used beside the report
      transactions.isUnreported($.reportedAfter),
    ]),
  ).where('isBound', '=', 1),
)

const withdraw = query<Settled>((db, $) => settle(db, $, { withdrawnAt: $.now, withdrawnBy: $.by }))

const withdrawOwn = query<Settled & { agentId: string }>((db, $) =>
  settle(db, $, { withdrawnAt: $.now, withdrawnBy: $.by }, check.and([check('agentId', '=', $.agentId)])),
)

const lastRejection = query<{ realm: string; subjectId: string; since: number }>((db, $) =>
  db
    .selectFrom('transactions')
    .select('rejectedAt')
    .where('realm', '=', $.realm)
    .where('subjectId', '=', $.subjectId)
    .where('rejectedAt', '>', $.since)
    .where('pauseLifted', 'is', null)
    .orderBy('rejectedAt', 'desc')
    .limit(1),
)

const liftPause = query<{ realm: string; subjectId: string; lift: string; reportedBy: number }>((db, $) =>
  db
    .updateTable('transactions')
    .set({ pauseLifted: 1, pauseLift: $.lift })
    .where('realm', '=', $.realm)
    .where('subjectId', '=', $.subjectId)
    // rule H27: otherwise a lead lifts the pause of a report that they never saw
    .where('rejectedAt', '<=', $.reportedBy)
    .where('pauseLifted', 'is', null),
)

const removeOrphans = query<Record<string, never>>((db) =>
  db
    .deleteFrom('verifications')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('transactions')
            .select('transactions.idHash')
            .whereRef('transactions.idHash', '=', 'verifications.idHash'),
        ),
      ),
    ),
)

const rejection = z.object({ rejectedAt: z.number() })

/** Statements for a change that a step makes. */
export function changeVerification(change: VerificationChange): Statement[] {
  if (change.kind === 'open') {
    const { verification, now } = change
    return [insert(verifications.columnsOf(verification)), ...enqueueCreated(verification.idHash, now)]
  }
  const { idHash, isBound, methods, level } = change
  return [prove({ idHash, isBound: Number(isBound), methods: JSON.stringify(methods), level })]
}

/** Stores verifications in SQL. */
export function verificationStore(database: Database): VerificationStore {
  const read = (idHash: string) => verifications.one(database, byId({ idHash }))
  return {
    read,
    async guess(idHash, key, isRight, now) {
      // Ends, because each failed attempt means that another one was saved, and their number is limited.
      for (;;) {
        const event = await eventRows.one(database, transactions.eventByKey({ idHash, key }))
        if (event !== undefined) return isCodeEvent(event) ? event : undefined
        const existing = await read(idHash)
        if (existing === undefined || existing.triesLeft === 0) return undefined
        const saved = await database.write(isRight ? matched(idHash, key, now) : missed(existing, key, now))
        if (saved.kind === 'refused' && saved.guard === 'transaction') return undefined
      }
    },
    use: (idHash, by, ended, now, effects) =>
      tryWrite(database, [
        guarded(
          use({
            ...{ idHash, by: by.id, agentId: by.agent, key: by.key ?? null, now },
            ...{ endedAfter: ended.after, endedBy: ended.by, reportedAfter: ended.reportedAfter },
          }),
          'use',
        ),
        ...enqueueUsed(idHash, now),
        ...(effects === undefined ? [] : accountEffects(effects)),
      ]),
    async withdraw(idHash, by, ended, now) {
      const settled = { idHash, by: by.id, endedAfter: ended.after, endedBy: ended.by, now }
      // rule H24: otherwise a former agent withdraws a result at the moment of a take-over
      const withdrawal =
        by.agent === undefined ? withdraw(settled) : withdrawOwn({ ...settled, agentId: by.agent })
      return tryWrite(database, [
        guarded(withdrawal, 'withdraw'),
        guarded(transactions.noteResult({ idHash }), 'withdraw'),
        appended({ idHash, now, kind: 'withdrawn', data: { agent: by.displayName } }),
        ...enqueueNewest(idHash, now),
      ])
    },
    async rejectedAt(realm, subjectId, since) {
      const [row] = await database.read(lastRejection({ realm, subjectId, since }))
      return row && rejection.parse(row).rejectedAt
    },
    async liftPause(realm, subjectId, lift, reportedBy) {
      const lifted = liftPause({ realm, subjectId, lift: JSON.stringify(lift), reportedBy })
      return (await countWritten(database, [lifted])) > 0
    },
    deleteOrphans: () => countWritten(database, [removeOrphans({})]),
  }
}

type Guard = 'tries' | 'transaction'

function isCodeEvent(event: TransactionEvent): event is CodeEvent {
  return event.kind === 'codeMatched' || event.kind === 'codeWrong'
}

function matched(idHash: string, key: string, now: number): Statement<Guard>[] {
  return [
    guarded(match({ idHash, now }), 'tries'),
    guarded(transactions.note({ idHash, now }), 'transaction'),
    guarded(appended({ idHash, now, kind: 'codeMatched', key }), 'tries'),
    ...enqueueNewest(idHash, now),
  ]
}

/** The last wrong attempt ends the transaction. */
function missed({ idHash, triesLeft }: Verification, key: string, now: number): Statement<Guard>[] {
  const left = triesLeft - 1
  const moved =
    left > 0 ? transactions.note({ idHash, now }) : transactions.deny({ idHash, now, denial: 'wrongCode' })
  return [
    guarded(spend({ idHash, triesLeft, left }), 'tries'),
    guarded(moved, 'transaction'),
    guarded(appended({ idHash, now, kind: 'codeWrong', key, data: { triesLeft: left } }), 'tries'),
    ...enqueueNewest(idHash, now),
    ...(left > 0 ? [] : callAtEnd(idHash, now)),
  ]
}
