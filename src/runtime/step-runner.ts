import { z } from 'zod'
import type { Next } from '../engine/advance.ts'
import { callback, encodeCallbacks, unrenderableTypes } from '../engine/callbacks.ts'
import { type Cookie, cookieSchema } from '../engine/cookie.ts'
import { type JsonObject, jsonObjectSchema } from '../engine/json.ts'
import type { WatchedRun } from '../engine/recorded-step.ts'
import { badRequest, OperationError } from '../errors.ts'
import type { VerificationChange } from '../help-desk/checks/verification.ts'
import { landingPageOf, resumeLink } from '../help-desk/transactions/links.ts'
import type { FrozenJourney } from '../journeys/revisions.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { Span } from '../telemetry/traces/tracing.ts'
import { isAllowedUrl } from './allowed-url.ts'
import type { AuthenticateRequest, StartRequest } from './authenticate-request.ts'
import { type AuthenticateAnswer, type Ending, failWith, succeed, unableToApprove } from './finish-journey.ts'
import { heldHeader } from './held-answer.ts'
import { pageTexts } from './page-texts.ts'
import { noEffects, type RunContext } from './ports/run-context.ts'
import { presenterOf } from './presenter.ts'
import { type Arrival, type Ran, runJourney } from './run-journey.ts'
import { RunRecorder } from './run-recorder.ts'
import { watchRefused } from './run-watches.ts'
import { type SavedRun, writeRun } from './saved-run.ts'
import { entriesOf, stepTrail } from './step-audit.ts'
import type { StepCommit, StoredJourneySession } from './step-store.ts'
import { aboutStep, transactionOf } from './step-trace.ts'
import { withEntries } from './trace-lines.ts'
import { triesOf } from './tries.ts'
import { isTrustedPage } from './trusted-page.ts'
import { withoutEndedSession } from './without-ended-session.ts'
import type { World } from './world.ts'
import { type ZeroPage, zeroPageAnswers } from './zero-page.ts'

/** One step to run: where the journey stands, what arrived, and what is held of it. */
export type Step = {
  request: AuthenticateRequest
  reference: string
  frozen: FrozenJourney
  saved: SavedRun
  arrival: Arrival
  zeroPage: ZeroPage
  stored: Pick<StoredJourneySession, 'idHash' | 'step' | 'startedAt' | 'expiresAt'>
  claimed: StepCommit['claimed']
  requestHash: string | undefined
  /** Epoch milliseconds. */
  now: number
}

/** What a step comes to: a further question, or the end. */
type Result = {
  saved: SavedRun
  answer: AuthenticateAnswer
  outcome: StoredJourneySession['outcome']
  expiresAt: number
  suspendedHash: string | undefined
  signIn: StepCommit['signIn']
  transactions: StepCommit['transactions']
  verifications: readonly VerificationChange[]
}

const answerSchema = z.object({
  status: z.number(),
  body: jsonObjectSchema,
  token: z.string().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  cookies: z.array(cookieSchema).exactOptional(),
})

/** How often a step runs before it gives up against others who change the same person. */
const maxAttempts = 5

/** Runs one step, saves everything it changed in one go, and only then lets anybody know. */
export class StepRunner {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /**
   * A person whom somebody else changed meanwhile, and a limit that somebody else used up, are read again: the nodes run
   * once more, which they may.
   */
  run(step: Step): Promise<AuthenticateAnswer> {
    return this.#world.tracing.span('journey step', aboutStep(step), async (span) => {
      const current = { ...step, saved: await withoutEndedSession(this.#world.sessions, step) }
      for (let attempt = 1; attempt <= maxAttempts; attempt++) {
        const answer = await this.#attempt(current, span)
        if (answer !== 'again') return answer
      }
      throw new OperationError('a step was not saved: what it changes is being changed by others')
    })
  }

  async #attempt(step: Step, span: Span): Promise<AuthenticateAnswer | 'again'> {
    const suspendedId = randomToken()
    const run = this.#context(step, suspendedId)
    if (step.claimed === undefined) this.#begin(run, step)
    const ran = await this.#runNodes(run, step)
    const saved: SavedRun = {
      ...step.saved,
      session: ran.session,
      visits: ran.visits,
      trace: withEntries(step.saved.trace, ran.trace),
      ...(run.effects.isBound ? { isBound: true } : {}),
      ...(run.effects.watching === undefined ? {} : { watching: run.effects.watching }),
      ...(run.recorder === undefined ? {} : { watch: run.recorder.recorded() }),
    }
    span.note(transactionOf(run, saved))
    const result =
      ran.next.kind === 'success' || ran.next.kind === 'failure'
        ? await this.#end(run, step, saved, ran.next)
        : this.#ask(step, saved, ran.next, suspendedId)
    return this.#save(run, step, withCookies(result, run.effects.cookies))
  }

  /** A valid session skips the journey, as long as the journey need not run. */
  alreadySignedIn(
    { realm, view, signedIn }: AuthenticateRequest,
    { goto }: StartRequest,
  ): AuthenticateAnswer {
    const { allowedUrls, successUrl } = realm.settings
    const target = [goto, successUrl].find((url) => url && isAllowedUrl(url, view.baseUrl, allowedUrls))
    const tokenId = signedIn === undefined || signedIn.isCookie ? '' : signedIn.token
    return {
      status: 200,
      body: { tokenId, successUrl: target ?? landingPageOf(realm.path), realm: realm.path },
    }
  }

  openAnswer(sealed: string): AuthenticateAnswer {
    return answerSchema.parse(JSON.parse(this.#world.sealer.open(sealed)))
  }

  #context(step: Step, suspendedId: string): RunContext {
    const { request, frozen, saved, now, stored } = step
    const { realm, view, correlationId } = request
    const world = this.#world
    const tries = triesOf(world, step)
    const actingSession = saved.existingSession?.tokenHash
    const identities = world.identityUnit(realm, { actingSession, now, origin: tries.origin })
    const log = this.#world.log.child({ realm: realm.path, correlationId })
    const effects = noEffects()
    const transactionHash = saved.transaction === undefined ? undefined : digest(saved.transaction)
    return {
      realm,
      frozen,
      request: view,
      now,
      journeyMinutes: (stored.expiresAt - stored.startedAt) / 60_000,
      get resumeUri() {
        return resumeLink(view.baseUrl, realm.path, suspendedId)
      },
      cookieName: this.#world.cookieName,
      ...{ correlationId, log, chosenPerson: saved.chosenPerson, startPurpose: saved.purpose },
      audit: stepTrail({ log, journey: frozen.content.root, transactionHash, effects }, world.auditBook),
      metrics: this.#world.metrics,
      tracing: this.#world.tracing,
      identities,
      transactions: this.#world.transactions,
      verifications: this.#world.verifications,
      ...tries,
      isAgent: (identityId) => world.mayVerify({ realm: realm.path, identityId }, realm.path),
      presenter: () => presenterOf(world, request, saved.existingSession),
      readIdentity: (id) => world.readIdentity(realm.path, id),
      canStart: async (name) => {
        const journey = (await this.#world.revisions.current(realm.path, name))?.content.journeys[name]
        return journey?.enabled === true && !journey.innerTreeOnly
      },
      scripts: this.#world.scripts,
      scriptHost: this.#world.scriptHost({
        realm,
        identities,
        correlationId,
        locales: view.locales,
        sendMail: (mail) => void effects.mails.push(mail),
      }),
      openers: openersOf(step),
      deviceSealer: this.#world.deviceSealer,
      persistentCookies: this.#world.persistentCookies,
      ...world.outside,
      social: this.#world.social(realm.path),
      authorizedKeys: world.authorizedKeys,
      get saml() {
        const isTrusted = isTrustedPage(realm, view.baseUrl)
        return world.saml({ realm: realm.path, baseUrl: view.baseUrl, isTrusted })
      },
      hasWebhook: (name) => this.#world.hasWebhook(realm.path, name),
      templateNamed: (name) => this.#world.templateNamed(realm.path, name),
      effects,
      requestNumber: stored.step + 1,
      recorder: saved.watch && recorderOf(saved.watch, step, suspendedId),
      transaction: saved.transaction,
      transactionHash,
      existingSession: saved.existingSession?.properties,
    }
  }

  #begin(run: RunContext, { now }: Step): void {
    run.audit.record({ eventName: 'AM-TREE-LOGIN-STARTED' })
    if (run.transactionHash === undefined) return
    run.effects.transactions.push({ kind: 'start', idHash: run.transactionHash, now })
  }

  /** Zero-page headers may answer several steps of the first request. */
  async #runNodes(run: RunContext, { saved, arrival, zeroPage }: Step): Promise<Ran> {
    // A step that runs again has all of its headers again.
    const headers = new Map(zeroPage)
    let ran = await runJourney(run, saved.session, arrival, saved.visits)
    while (ran.next.kind === 'callbacks') {
      const answers = zeroPageAnswers(ran.next.callbacks, headers)
      if (answers === undefined) break
      const again: Arrival = { answers, resumedFromSuspend: false, isWaitOver: false }
      const { trace } = ran
      ran = await runJourney(run, ran.session, again, ran.visits)
      ran = { ...ran, trace: [...trace, ...ran.trace] }
    }
    return ran
  }

  #ask(
    step: Step,
    saved: SavedRun,
    next: Extract<Next, { kind: 'callbacks' | 'suspended' }>,
    suspendedId: string,
  ): Result {
    const { realm } = step.request
    const isSuspended = next.kind === 'suspended'
    const callbacks = isSuspended
      ? [callback('SuspendedTextOutputCallback', { message: next.message, messageType: '0' })]
      : next.callbacks
    const unrenderable = callbacks.find(({ type }) => unrenderableTypes.includes(type))
    if (unrenderable !== undefined) throw badRequest(`${unrenderable.type} can't be written as JSON`)
    const minutes = isSuspended ? (next.minutes ?? realm.settings.suspendedMinutes) : 0
    const expiresAt = isSuspended ? step.now + minutes * 60_000 : expiryOf(step, saved)
    const body: JsonObject = {
      authId: this.#authId(step, saved, expiresAt),
      callbacks: encodeCallbacks(callbacks),
      ...(isSuspended ? {} : pageTexts(next)),
    }
    const { reference: _former, ...rest } = saved
    return {
      saved: isSuspended ? { ...rest, reference: step.reference } : rest,
      answer: { status: 200, body, headers: heldHeader(saved) },
      outcome: 'underway',
      expiresAt,
      suspendedHash: isSuspended ? digest(suspendedId) : undefined,
      signIn: undefined,
      transactions: [],
      verifications: [],
    }
  }

  #authId({ request, reference, stored, now }: Step, { authIndex }: SavedRun, expiresAt: number): string {
    return this.#world.authIds.sign({
      ...(authIndex === undefined ? {} : { authIndexType: authIndex.type, authIndexValue: authIndex.value }),
      realm: request.realm.path,
      sessionId: reference,
      step: stored.step + 1,
      otk: randomToken(16),
      iat: Math.floor(now / 1000),
      exp: Math.floor(expiresAt / 1000),
    })
  }

  async #end(
    run: RunContext,
    step: Step,
    saved: SavedRun,
    next: Extract<Next, { kind: 'success' | 'failure' }>,
  ): Promise<Result> {
    if (next.kind === 'success') return ended(step, saved, await succeed(run, saved))
    const { failureDetails, errorDetails } = saved.session
    const details = next.isError ? errorDetails : failureDetails
    return ended(step, saved, await failWith(run, saved, undefined, details))
  }

  /** Saves, or fails closed: somebody who completed the transaction first turns this success into a failure. */
  async #save(run: RunContext, step: Step, result: Result): Promise<AuthenticateAnswer | 'again'> {
    const commit = await this.#commit(run, step, result)
    const committed = await this.#world.steps.commit(commit)
    if (committed === 'transaction') {
      run.effects.mails = []
      run.effects.counts = []
      const refused = await failWith(run, result.saved, unableToApprove)
      return this.#save(run, step, ended(step, result.saved, { ...refused, transactions: [] }))
    }
    if (committed === 'identity' || committed === 'limit') return 'again'
    if (committed === 'watch') throw watchRefused()
    if (committed === 'claim') throw new OperationError('a step was not saved: it took longer than its lease')
    this.#world.transactions.announce(commit.transactions)
    if (commit.mails.length > 0) this.#world.courier.wake()
    if (commit.auditEntries.length > 0) this.#world.auditBook.wake(commit.auditEntries.length)
    this.#count(run, step, result.outcome)
    if (result.outcome !== 'underway') await this.#afterwards(run, step, result)
    return result.answer
  }

  async #commit(
    run: RunContext,
    { request, frozen, stored, claimed, requestHash, now }: Step,
    result: Result,
  ): Promise<StepCommit> {
    const { auditBook, sealer } = this.#world
    const transactions = [...run.effects.transactions, ...result.transactions]
    const entries = await entriesOf(run, { ...result, transactions })
    return {
      session: {
        idHash: stored.idHash,
        realm: request.realm.path,
        journey: frozen.content.root,
        revision: frozen.id,
        step: stored.step + 1,
        body: sealer.seal(writeRun(result.saved)),
        lastRequest: requestHash,
        lastAnswer: requestHash === undefined ? undefined : sealer.seal(JSON.stringify(result.answer)),
        suspendedHash: result.suspendedHash,
        transactionHash: run.transactionHash,
        outcome: result.outcome,
        startedAt: stored.startedAt,
        expiresAt: result.expiresAt,
      },
      claimed,
      ...(claimed === undefined && result.saved.watch !== undefined ? { watch: result.saved.watch.id } : {}),
      signIn: result.signIn,
      transactions,
      verifications: [...openedChecks(run, transactions), ...result.verifications],
      limits: run.effects.counts,
      now,
      identities: run.identities.changes(),
      mails: run.effects.mails.map((mail) => this.#world.courier.queued(request.realm.path, mail, now)),
      auditEntries: entries.map((entry) => auditBook.waiting(entry)),
    }
  }

  #count({ effects, realm }: RunContext, step: Step, outcome: Result['outcome']): void {
    const { metrics } = this.#world
    const journey = { realm: realm.path, journey: step.frozen.content.root }
    metrics.measured(effects.measurements)
    if (step.claimed === undefined) metrics.journeyStarted(journey)
    if (outcome !== 'underway') metrics.journeyEnded(journey, outcome)
  }

  /** A new sign-in takes the place of the one that the same browser had. */
  async #afterwards(run: RunContext, { request }: Step, result: Result): Promise<void> {
    const isSuccess = result.outcome === 'success'
    run.audit.record({ eventName: 'AM-TREE-LOGIN-COMPLETED', result: isSuccess ? 'SUCCESSFUL' : 'FAILED' })
    const former = request.signedIn
    if (result.signIn === undefined) return
    if (former?.isCookie) await this.#world.sessions.end(former.session, 'UPGRADE')
    const { path, settings } = run.realm
    await this.#world.sessions.endOldest(path, result.signIn.identityId, settings.maxSessionsPerPerson)
  }
}

/** Who this journey and the session that it runs under are to transactions that it opens. */
function openersOf({ stored, saved: { existingSession } }: Step): RunContext['openers'] {
  const { tokenHash: session, identityId } = existingSession ?? {}
  return { journeySession: stored.idHash, session, identityId }
}

/** A node that ran in this step may have given the journey another length. */
function expiryOf({ stored, saved: before }: Step, { session: { journeyMinutes } }: SavedRun): number {
  const isNew = journeyMinutes !== undefined && journeyMinutes !== before.session.journeyMinutes
  return isNew ? stored.startedAt + journeyMinutes * 60_000 : stored.expiresAt
}

/** What the request itself makes secret is known at once. */
function recorderOf(watch: WatchedRun, { saved, stored, now }: Step, suspendedId: string): RunRecorder {
  return new RunRecorder(watch, stored.step + 1, now, [suspendedId, saved.transaction])
}

function ended({ stored }: Step, saved: SavedRun, ending: Ending): Result {
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

/** Of transactions that are opened with this step, those that are checks of a help desk. */
function openedChecks({ effects }: RunContext, changes: StepCommit['transactions']): VerificationChange[] {
  return changes.flatMap((change): VerificationChange[] => {
    if (change.kind !== 'create') return []
    const { idHash, createdAt: now } = change.transaction
    const verification = effects.checks.get(idHash)
    return verification === undefined ? [] : [{ kind: 'open', verification, now }]
  })
}

function withCookies(result: Result, set: readonly Cookie[]): Result {
  const cookies = [...set, ...(result.answer.cookies ?? [])]
  return cookies.length === 0 ? result : { ...result, answer: { ...result.answer, cookies } }
}
