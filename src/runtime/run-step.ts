import { isDeepStrictEqual } from 'node:util'
import { maxAttempts, pauseBefore } from '../base/contention.ts'
import { defined } from '../base/defined.ts'
import { badRequest, OperationError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import { type Work, waitFor } from '../base/work.ts'
import type { Next } from '../engine/advance.ts'
import { callback, encodeCallbacks, unrenderableTypes } from '../engine/callbacks.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { Span } from '../telemetry/traces/tracing.ts'
import type { AuthenticateAnswer } from './authenticate-request.ts'
import { commitStep, type StepResult } from './commit-step.ts'
import { type Ending, failWith, succeed, unableToApprove } from './finish-journey.ts'
import { emptyArrival, type IncomingStep, type RunContext, Step, StepEffects } from './run-context.ts'
import { type Ran, runJourney } from './run-journey.ts'
import { readAnswer, readRun, type SavedRun } from './saved-run.ts'
import { recordAudit } from './step-audit.ts'
import { inSpan, stepAttributes, transactionAttributes } from './step-trace.ts'
import { withEntries } from './trace-lines.ts'
import { holdHeader } from './wait.ts'
import type { World } from './world.ts'
import { zeroPageAnswers } from './zero-page.ts'

/**
 * Runs the nodes of one step and saves everything they changed in one commit. After a concurrent update the nodes run again
 * on fresh data, so they must be safe to repeat. After its first attempt a step waits for its turn to change the person, so only
 * new steps and other servers cause more.
 */
export function runStep(world: World, incoming: IncomingStep): Work<AuthenticateAnswer> {
  const about = () => stepAttributes(incoming)
  return inSpan(world.tracing, 'journey step', about, (span) => runAttempts(world, incoming, span))
}

function* runAttempts(world: World, incoming: IncomingStep, span: Span): Work<AuthenticateAnswer> {
  const step = new Step(world, incoming, yield* withoutEndedSession(world.sessions, incoming))
  let endTurn = (): void => undefined
  try {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const run = { world, step, effects: new StepEffects(world, step) }
      const answer = yield* attemptStep(run, span)
      if (answer !== 'retry') return answer
      const [person] = run.effects.changedPeople
      if (attempt === 1 && person) endTurn = yield* waitFor(world.turns.take(person.id))
      yield* waitFor(pauseBefore(attempt + 1))
    }
  } finally {
    endTurn()
  }
  throw new OperationError('a step was not saved: others kept changing the same person or limit')
}

/** A journey that started under a session loses it when that session ends. */
function* withoutEndedSession(
  sessions: Pick<World['sessions'], 'isUnderWay'>,
  { saved, claimed }: IncomingStep,
): Work<SavedRun> {
  // The first request of a journey has just looked the session up.
  if (saved.existingSession === undefined || claimed === undefined) return saved
  // rule S13: otherwise a journey started with a stolen session continues after the session ended
  if (yield* waitFor(sessions.isUnderWay(saved.existingSession.tokenHash))) return saved
  const { existingSession: _ended, ...others } = saved
  return others
}

function* attemptStep(run: RunContext, span: Span): Work<AuthenticateAnswer | 'retry'> {
  const { world, step, effects } = run
  if (step.claimed === undefined) begin(run)
  const ran = yield* runNodes(run)
  const saved: SavedRun = {
    ...step.saved,
    session: ran.session,
    visits: ran.visits,
    waitingSince: waitingSince(step, ran),
    trace: withEntries(step.saved.trace, ran.trace),
    ...(effects.isBound ? { isBound: true } : {}),
    ...defined({ watching: effects.watching }),
    ...(effects.recorder === undefined ? {} : { watch: effects.recorder.recorded() }),
  }
  if (world.tracing.isOn) span.setAttributes(transactionAttributes(run, saved))
  const unchanged = unchangedAnswer(run, ran, saved)
  if (unchanged !== undefined) return yield* leaveAsItIs(run, unchanged)
  const result =
    ran.next.kind === 'success' || ran.next.kind === 'failure'
      ? yield* waitFor(end(run, saved, ran.next))
      : ask(run, saved, ran.next)
  const cookies = [...effects.cookies, ...(result.answer.cookies ?? [])]
  return yield* save(
    run,
    cookies.length === 0 ? result : { ...result, answer: { ...result.answer, cookies } },
  )
}

/** A node that sends callbacks again waits since the first ones. */
function waitingSince({ saved, now }: Step, { trace }: Ran): number {
  return trace.length === 1 ? (saved.waitingSince ?? now) : now
}

/** Ends a step that has nothing to save. Its claim ends, too, because the same step comes again. */
function* leaveAsItIs(
  { world, step, effects }: RunContext,
  answer: AuthenticateAnswer,
): Work<AuthenticateAnswer> {
  const { claimed, stored } = step
  if (claimed !== undefined) yield* waitFor(world.steps.release(stored.idHash, claimed.owner))
  world.metrics.measured(effects.measurements)
  return answer
}

function begin(run: RunContext): void {
  const { transactionHash, now } = run.step
  recordAudit(run, { eventName: 'AM-TREE-LOGIN-STARTED' })
  if (transactionHash === undefined) return
  run.effects.transactions.push({ kind: 'start', idHash: transactionHash, now })
}

/** Zero-page headers may answer several pages of the first request. */
function* runNodes(run: RunContext): Work<Ran> {
  const { saved, arrival, zeroPage } = run.step
  let ran = yield* runJourney(run, saved.session, arrival, saved.visits)
  if (zeroPage.size === 0) return ran
  // A copy, because the next attempt needs all headers again.
  const headers = new Map(zeroPage)
  while (ran.next.kind === 'callbacks') {
    const answers = zeroPageAnswers(ran.next.callbacks, headers)
    if (answers === undefined) break
    const { trace } = ran
    ran = yield* runJourney(run, ran.session, { ...emptyArrival, answers }, ran.visits)
    ran = { ...ran, trace: [...trace, ...ran.trace] }
  }
  return ran
}

function ask(
  { world, step }: RunContext,
  saved: SavedRun,
  next: Extract<Next, { kind: 'callbacks' | 'suspended' }>,
): StepResult {
  const isSuspended = next.kind === 'suspended'
  const callbacks = isSuspended
    ? [callback('SuspendedTextOutputCallback', { message: next.message, messageType: '0' })]
    : next.callbacks
  const unrenderable = callbacks.find(({ type }) => unrenderableTypes.includes(type))
  if (unrenderable !== undefined) throw badRequest(`${unrenderable.type} can't be written as JSON`)
  const minutes = isSuspended ? (next.minutes ?? step.request.realm.settings.suspendedMinutes) : 0
  const expiresAt = isSuspended ? step.now + minutes * 60_000 : expiryOf(step, saved)
  const body: JsonObject = {
    authId: authIdOf(world, step, saved, expiresAt),
    callbacks: encodeCallbacks(callbacks),
    ...(isSuspended
      ? {}
      : defined({ stage: next.stage, header: next.header, description: next.description })),
  }
  const { reference: _former, ...rest } = saved
  return {
    saved: isSuspended ? { ...rest, reference: step.reference } : rest,
    answer: { status: 200, body, headers: holdHeader(saved) },
    outcome: 'underway',
    expiresAt,
    suspendedHash: isSuspended ? digest(step.suspendedId) : undefined,
    signIn: undefined,
    transactions: [],
    verifications: [],
  }
}

/** A node of this step may have changed how long the journey lasts. */
function expiryOf({ stored, saved: before }: Step, { session: { journeyMinutes } }: SavedRun): number {
  const isNew = journeyMinutes !== undefined && journeyMinutes !== before.session.journeyMinutes
  return isNew ? stored.startedAt + journeyMinutes * 60_000 : stored.expiresAt
}

function authIdOf(
  { authIds }: World,
  { request, reference, stored, now }: Step,
  { authIndex }: SavedRun,
  expiresAt: number,
): string {
  return authIds.sign({
    ...(authIndex === undefined ? {} : { authIndexType: authIndex.type, authIndexValue: authIndex.value }),
    realm: request.realm.path,
    sessionId: reference,
    step: stored.step + 1,
    otk: randomToken(16),
    iat: Math.floor(now / 1000),
    exp: Math.floor(expiresAt / 1000),
  })
}

async function end(
  run: RunContext,
  saved: SavedRun,
  next: Extract<Next, { kind: 'success' | 'failure' }>,
): Promise<StepResult> {
  if (next.kind === 'success') return ended(run.step, saved, await succeed(run, saved))
  const { failureDetails, errorDetails } = saved.session
  const details = next.isError ? errorDetails : failureDetails
  return ended(run.step, saved, await failWith(run, saved, undefined, details))
}

function ended({ stored }: Step, saved: SavedRun, ending: Ending): StepResult {
  return {
    saved,
    answer: ending.answer,
    outcome: ending.outcome,
    expiresAt: stored.expiresAt,
    suspendedHash: undefined,
    signIn: ending.signIn,
    transactions: ending.transactions,
    verifications: ending.verifications,
  }
}

/** Fails closed: if another journey completed the transaction first, this success becomes a failure. */
function* save(run: RunContext, result: StepResult): Work<AuthenticateAnswer | 'retry'> {
  const committed = yield* commitStep(run, result)
  if (committed === 'committed') return result.answer
  if (committed === 'retry') return 'retry'
  run.effects.mails = []
  run.effects.messages = []
  run.effects.pushes = []
  run.effects.counts = []
  run.effects.approvals = []
  const refused = yield* waitFor(failWith(run, result.saved, unableToApprove))
  return yield* save(run, ended(run.step, result.saved, { ...refused, transactions: [] }))
}

/**
 * The last response, if this request ended at the same page and left nothing to save: agents poll often, and mostly nothing
 * has happened. Then the journey session stays as it is, the same authId remains valid, and the request leaves no trace.
 *
 * @param after the journey after this request
 * @returns undefined if the step must be saved
 */
function unchangedAnswer(run: RunContext, ran: Ran, after: SavedRun): AuthenticateAnswer | undefined {
  const { step, effects } = run
  const { volatileKeys } = ran
  if (volatileKeys === undefined || step.text === undefined || effects.mustBeSaved) return undefined
  const before = readRun(step.text)
  if (!isDeepStrictEqual(lasting(before, volatileKeys), lasting(after, volatileKeys))) return undefined
  return readAnswer(step.text)
}

/** The parts of a run that matter if its page is the same. */
function lasting(
  { visits: _visits, trace: _trace, waitingSince: _since, session, ...others }: SavedRun,
  volatileKeys: readonly string[],
) {
  return { ...others, session: { ...session, shared: without(session.shared, volatileKeys) } }
}

function without(shared: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(shared).filter(([key]) => !keys.includes(key)))
}
