import { z } from 'zod'
import {
  journeySessionSchema,
  type StepCommit,
  type StepStore,
  type StoredJourneySession,
} from '../runtime/step-store.ts'
import { accountEffects } from './account-effects.ts'
import { changeApproval } from './approvals.ts'
import { insertWaiting } from './audit.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { saveIdentity } from './identities.ts'
import { takeOf } from './limits.ts'
import { insertMail } from './mails.ts'
import { insertMessage } from './messages.ts'
import { changePush } from './pushes.ts'
import { guarded, type Statement } from './query.ts'
import { recordsOf, rowsOf } from './rows.ts'
import { insertSignIn } from './sessions.ts'
import { claimsInMemory, claimsInRows } from './step-claims.ts'
import * as statements from './step-statements.ts'
import { changeTransaction } from './transactions.ts'
import { changeVerification } from './verifications.ts'
import { write } from './writes.ts'

const journeySessions = recordsOf('journey_sessions', 'idHash', journeySessionSchema)

const revisions = rowsOf('journey_revisions', 'id', () => z.object({ id: z.string(), content: z.string() }))

type Guard = 'claim' | 'watch' | 'transaction' | 'identity' | 'limit' | 'approval' | 'push'

/** Stores journey sessions and their steps in SQL. */
export function stepStore(database: Database): StepStore {
  const read = (idHash: string) => journeySessions.oneNow(database, statements.byId({ idHash }))

  const claims = database.cluster.isShared
    ? claimsInRows(database, { read, parse: journeySessions.parse })
    : claimsInMemory({ read })

  return {
    read: async (idHash) => read(idHash),
    bySuspension: (suspendedHash) =>
      journeySessions.one(database, statements.bySuspension({ suspendedHash })),
    claim: claims.claim,
    renew: claims.renew,
    release: claims.release,
    async commit(commit) {
      const { session, claimed } = commit
      if (claimed !== undefined && !claims.mayCommit(session.idHash, claimed.owner)) return 'claim'
      const moved =
        claimed === undefined ? first(session) : claims.advance(next(commit, claimed), claimed.owner)
      const written = await database.write<Guard>(unitOf(moved, commit))
      if (written.kind === 'refused') {
        if (written.guard === 'claim') claims.lost(session.idHash)
        return written.guard
      }
      claims.committed(commit)
      return 'committed'
    },
    recent(realm, limit, { journey = null, outcome = null } = {}) {
      return journeySessions.all(database, statements.recent({ realm, limit, journey, outcome }))
    },
    async ofTransaction(realm, { idHash, opener = '' }, limit) {
      const newest = await journeySessions.all(
        database,
        statements.ofTransaction({ realm, transactionHash: idHash, opener, limit }),
      )
      return newest.toReversed()
    },
    watched: (realm, watch) => journeySessions.one(database, statements.watched({ realm, watch })),
    saveRevision: (id, content, now) =>
      write(database, [statements.saveRevision({ id, content, savedAt: now })]),
    revision: async (id) => (await revisions.one(database, statements.revision({ id })))?.content,
    async revisionIds() {
      return (await revisions.all(database, statements.revisionIds({}))).map(({ id }) => id)
    },
    replaceRevision: (id, content) => write(database, [statements.replaceRevision({ id, content })]),
    async drop(idHash, now) {
      // rule S27: otherwise a flood drops a journey while it is answered
      if (claims.isClaimed(idHash, now)) return
      await database.write([statements.drop({ idHash, now })])
      claims.lost(idHash)
    },
    async deleteUnanswered(before) {
      const count = await deleteInBatches(database, (limit) => statements.removeUnanswered({ before, limit }))
      if (count > 0) claims.deleted()
      return count
    },
    async deleteExpired(before) {
      const count = await deleteInBatches(database, (limit) => statements.removeExpired({ before, limit }))
      if (count > 0) claims.deleted()
      await database.write([
        statements.removeUnusedRevisions({ before }),
        statements.removeOrphanedWatches({}),
      ])
      return count
    },
  }
}

function unitOf(moved: Statement, commit: StepCommit): Statement<Guard>[] {
  const { session, watch, signIn, transactions, verifications = [], identities, mails, auditEntries } = commit
  const { limits = [], now, effects = [], approvals = [], messages = [], pushes = [] } = commit
  return [
    guarded(moved, 'claim'),
    ...(watch === undefined ? [] : [guarded(watchOf(session, watch), 'watch')]),
    // rule H10: otherwise concurrent checks exceed the limit
    ...limits.map((limit) => guarded(takeOf(limit, now), 'limit')),
    ...approvals.flatMap(changeApproval),
    ...transactions.flatMap(changeTransaction),
    ...verifications.flatMap(changeVerification),
    ...identities.flatMap(saveIdentity),
    ...effects.flatMap(accountEffects),
    ...mails.map(insertMail),
    ...messages.map(insertMessage),
    ...pushes.flatMap(changePush),
    ...insertWaiting(auditEntries),
    ...(signIn === undefined ? [] : [insertSignIn(signIn.session, signIn.personCreatedAt)]),
  ]
}

function first(session: StoredJourneySession): Statement {
  return statements.insert({ ...journeySessions.columnsOf(session), claimedBy: null, claimedUntil: null })
}

function watchOf({ realm, idHash }: StoredJourneySession, watch: string): Statement {
  return statements.insertWatch({ watch, realm, idHash })
}

function next({ session, isPlain = false }: StepCommit, claimed: { step: number }): statements.NextStep {
  return {
    idHash: session.idHash,
    body: session.body,
    lastRequest: session.lastRequest ?? null,
    lastAnswer: null,
    claimedStep: claimed.step,
    nextStep: claimed.step + 1,
    // Other columns have indexes, which an update writes even if the value stays.
    ...(isPlain
      ? {}
      : {
          suspendedHash: session.suspendedHash ?? null,
          outcome: session.outcome,
          expiresAt: session.expiresAt,
        }),
  }
}
