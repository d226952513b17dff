import { OperationError } from '../base/errors.ts'
import { type Work, waitFor } from '../base/work.ts'
import type { VerificationChange } from '../help-desk/checks/verification.ts'
import type { AuthenticateAnswer } from './authenticate-request.ts'
import { timedOut } from './authenticate-request.ts'
import { withRecordedEffects } from './recorded-effects.ts'
import type { RunContext } from './run-context.ts'
import { watchRefused } from './run-watches.ts'
import { type SavedRun, writeRun } from './saved-run.ts'
import { entriesOf, recordAudit } from './step-audit.ts'
import type { Committed, StepCommit, StoredJourneySession } from './step-store.ts'

/** The end of a step: further callbacks, or the end of the journey. */
export type StepResult = {
  saved: SavedRun
  answer: AuthenticateAnswer
  outcome: StoredJourneySession['outcome']
  expiresAt: number
  suspendedHash: string | undefined
  signIn: StepCommit['signIn']
  transactions: StepCommit['transactions']
  verifications: readonly VerificationChange[]
}

/** Guards that another attempt can pass, or after which it takes another outcome. */
function isRetried(guard: Committed): guard is 'identity' | 'limit' | 'approval' | 'push' {
  return guard === 'identity' || guard === 'limit' || guard === 'approval' || guard === 'push'
}

/**
 * Saves a step and its effects in one commit, then wakes up everything that waits for them.
 *
 * @returns `retry` if another request changed the same person or used up a limit; `transaction` if another journey completed
 * the transaction first. In both cases, nothing was saved.
 * @throws OperationError if the lease was lost.
 * @throws RequestError if the watch key records another run, and if the journey was removed with its realm.
 */
export function* commitStep(
  run: RunContext,
  result: StepResult,
): Work<'committed' | 'retry' | 'transaction'> {
  const { steps, transactions, approvals, mailOutbox, messageOutbox, auditBook, unanswered } = run.world
  const commit = yield* commitOf(run, result)
  const committed = yield* waitFor(steps.commit(commit))
  if (committed === 'transaction') return committed
  if (isRetried(committed)) return 'retry'
  if (committed === 'watch') throw watchRefused()
  if (committed === 'claim') throw yield* lostClaim(run)
  unanswered.remove(commit.session.idHash)
  if (commit.transactions.length > 0) transactions.announce(commit.transactions)
  if (commit.approvals?.length) approvals.announce()
  if (commit.mails.length > 0) mailOutbox.wake()
  if (commit.messages?.length) messageOutbox.wake()
  if (commit.auditEntries.length > 0) auditBook.wake(commit.auditEntries.length)
  measure(run, result.outcome)
  countVisits(run, result)
  if (result.outcome !== 'underway') yield* waitFor(afterEnd(run, result))
  return committed
}

function* lostClaim({ world, step }: RunContext): Work<Error> {
  const stored = yield* waitFor(world.steps.read(step.stored.idHash))
  // rule S71: otherwise a journey of a removed realm looks like an outage
  if (stored === undefined) return timedOut()
  return new OperationError('a step was not saved: it took longer than its lease')
}

function* commitOf(run: RunContext, result: StepResult): Work<StepCommit> {
  const { auditBook, mailOutbox, messageOutbox, sealer } = run.world
  const { request, frozen, stored, claimed, requestHash, transactionHash, now } = run.step
  const { effects } = run
  const transactions = [...effects.transactions, ...result.transactions].map((change) =>
    // A step that began before the expiry must not end a transaction after it.
    change.kind === 'create' ? change : { ...change, now: run.world.now() },
  )
  const entries = yield* entriesOf(run, { ...result, transactions })
  const isWatched = result.saved.watch !== undefined
  const saved = isWatched ? yield* waitFor(withRecordedEffects(run, result)) : result.saved
  const text = writeRun(saved, requestHash === undefined ? undefined : result.answer)
  return {
    session: {
      idHash: stored.idHash,
      realm: request.realm.path,
      journey: frozen.content.root,
      revision: frozen.id,
      step: stored.step + 1,
      body: sealer.seal(text),
      lastRequest: requestHash,
      suspendedHash: result.suspendedHash,
      transactionHash,
      outcome: result.outcome,
      startedAt: stored.startedAt,
      expiresAt: result.expiresAt,
    },
    text,
    claimed,
    isPlain: isPlain(run.step, result),
    ...(claimed === undefined && result.saved.watch !== undefined ? { watch: result.saved.watch.id } : {}),
    signIn: result.signIn,
    transactions,
    verifications: [...openedChecks(run, transactions), ...result.verifications],
    approvals: effects.approvals,
    limits: effects.counts,
    now,
    identities: effects.changedPeople,
    mails: effects.mails.map((mail) => mailOutbox.queued(request.realm.path, mail, now)),
    messages: effects.messages.map((message) => messageOutbox.queued(message)),
    pushes: effects.pushes,
    auditEntries: entries.map((entry) => auditBook.waiting(entry)),
  }
}

/** Whether the journey goes on with another page, as most steps do: it doesn't end, suspend, or last longer. */
function isPlain({ saved, stored }: RunContext['step'], result: StepResult): boolean {
  const isSuspended = saved.session.isSuspended || result.suspendedHash !== undefined
  return result.outcome === 'underway' && !isSuspended && result.expiresAt === stored.expiresAt
}

/** The checks among the transactions that this step opens. */
function openedChecks({ effects }: RunContext, changes: StepCommit['transactions']): VerificationChange[] {
  return changes.flatMap((change): VerificationChange[] => {
    if (change.kind !== 'create') return []
    const { idHash, createdAt: now } = change.transaction
    const verification = effects.checks.get(idHash)
    return verification === undefined ? [] : [{ kind: 'open', verification, now }]
  })
}

function measure({ world: { metrics }, step, effects }: RunContext, outcome: StepResult['outcome']): void {
  const journey = { realm: step.request.realm.path, journey: step.frozen.content.root }
  metrics.measured(effects.measurements)
  if (step.claimed === undefined) metrics.journeyStarted(journey)
  if (outcome !== 'underway') metrics.journeyEnded(journey, outcome)
}

/** Watched runs are tests of administrators and don't count. */
function countVisits({ world, step, effects }: RunContext, { saved }: StepResult): void {
  if (saved.watch !== undefined) return
  const { request, frozen, now } = step
  world.journeyCounts.add({
    realm: request.realm.path,
    revision: frozen.id,
    startOf: step.claimed === undefined ? frozen.content.root : undefined,
    visits: effects.visits,
    waitedMs: now - (step.saved.waitingSince ?? now),
    now,
  })
}

/** A new session replaces the one that the same browser had. */
async function afterEnd(run: RunContext, { outcome, signIn }: StepResult): Promise<void> {
  const { sessions } = run.world
  const { realm, signedIn: former } = run.step.request
  const result = outcome === 'success' ? 'SUCCESSFUL' : 'FAILED'
  recordAudit(run, { eventName: 'AM-TREE-LOGIN-COMPLETED', result })
  if (signIn === undefined) return
  if (former?.isCookie) await sessions.end(former.session, 'UPGRADE')
  await sessions.endOldest(realm.path, signIn.session.identityId, realm.settings.maxSessionsPerPerson)
}
