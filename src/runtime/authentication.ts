import { decodeCallbacks } from '../engine/callbacks.ts'
import { beginJourney } from '../engine/journey-session.ts'
import type { JsonObject } from '../engine/json.ts'
import { badRequest, OperationError, RequestError } from '../errors.ts'
import { isForAgents } from '../help-desk/checks/opening-rules.ts'
import { type FeedReader, personKey } from '../help-desk/transactions/feed-places.ts'
import { purposeOf } from '../help-desk/transactions/purpose.ts'
import { sourceOf } from '../limits/source.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { AuthIdClaims } from './auth-id.ts'
import type { AuthenticateRequest, StartRequest, StepBody } from './authenticate-request.ts'
import { type AuthenticateAnswer, timedOut } from './finish-journey.ts'
import { watchedBy } from './held-answer.ts'
import { type Presenter, presenterOf } from './presenter.ts'
import type { Arrival } from './run-journey.ts'
import { readRun, type SavedRun } from './saved-run.ts'
import { findBeginning } from './start-journey.ts'
import { type Step, StepRunner } from './step-runner.ts'
import type { StoredJourneySession } from './step-store.ts'
import type { World } from './world.ts'
import { zeroPageOf } from './zero-page.ts'

/** How long after a server stopped in the middle of a step another one may take it over; renewed while the step runs. */
const leaseMs = 6_000
const renewEveryMs = 2_000

/** How long a request waits for the same step that is under way elsewhere. */
const busyMs = 15_000
const busyPauseMs = 50

const nothing: Arrival = { answers: [], resumedFromSuspend: false, isWaitOver: false }

/**
 * The authenticate endpoint without HTTP: starts journeys, takes their answers, resumes suspended ones.
 * Source: "Authenticate endpoint parameters" and "Log in using REST".
 */
export class Authentication {
  readonly #world: World
  readonly #runner: StepRunner
  /** Steps that this process runs right now: a request that comes twice waits for the first. */
  readonly #underWay = new Map<string, Promise<unknown>>()
  /** Counts claims, to name them. */
  #claims = 0

  constructor(world: World) {
    this.#world = world
    this.#runner = new StepRunner(world)
  }

  /** @throws RequestError as `findBeginning`. */
  async start(request: AuthenticateRequest, start: StartRequest): Promise<AuthenticateAnswer> {
    const { realm, signedIn } = request
    const { frozen, shared, transaction } = await findBeginning(this.#world, realm, start.authIndex)
    const root = frozen.content.journeys[frozen.content.root]
    if (root === undefined) throw badRequest('No Configuration found')
    const presenter = await presenterOf(this.#world, request, undefined)
    refuseStranger(request, presenter, Object.keys(frozen.content.journeys))
    const watch = await this.#watchOf(request, frozen.content.root)
    const isSignedIn = signedIn !== undefined && signedIn.session.realm === realm.path
    if (isSignedIn && !start.forceAuth && !root.mustRun) return this.#runner.alreadySignedIn(request, start)
    const saved: SavedRun = {
      v: 1,
      revision: frozen.id,
      session: beginJourney(root, shared),
      ...kept(start, presenter, request.view.parameters),
      noSession: root.noSession,
      ...askedFor(request),
      ...(watch === undefined ? {} : { watch: { id: watch, steps: [], isCut: false, maskedKeys: [] } }),
      ...(transaction === undefined ? {} : { transaction: transaction.id }),
      ...(isSignedIn
        ? {
            existingSession: {
              tokenHash: signedIn.session.tokenHash,
              identityId: signedIn.session.identityId,
              properties: signedIn.session.properties,
            },
          }
        : {}),
      visits: 0,
      trace: '',
    }
    const now = this.#world.now()
    const reference = randomToken()
    const minutes = root.treeTimeout ?? realm.settings.journeyMinutes
    return this.#runFirst({
      request,
      reference,
      frozen,
      saved,
      arrival: nothing,
      zeroPage: zeroPageOf(request.view),
      stored: { idHash: digest(reference), step: 0, startedAt: now, expiresAt: now + minutes * 60_000 },
      claimed: undefined,
      requestHash: undefined,
      now,
    })
  }

  /** A journey that ends at once, or fails to start, does not wait for an answer. */
  async #runFirst(step: Step): Promise<AuthenticateAnswer> {
    const { unanswered } = this.#world
    const { idHash, expiresAt } = step.stored
    unanswered.add(idHash, sourceOf(step.request.view.clientIp), expiresAt, step.now)
    let isWaiting = false
    try {
      const answer = await this.#runner.run(step)
      isWaiting = answer.body.authId !== undefined
      return answer
    } finally {
      if (!isWaiting) unanswered.remove(idHash)
    }
  }

  /**
   * Takes the answers to a step. The same body sent again gets the same answer, and effects happen once.
   *
   * @param waitSeconds holds the answer of a waiting page until its transaction changes, at most so long.
   * @throws RequestError 400 for a forged or unreadable authId and for answers that do not fit; 401 for an
   * authId that is older than the last or whose time is over. Nothing is lost in either case.
   */
  async answer(
    request: AuthenticateRequest,
    body: StepBody,
    waitSeconds: number,
  ): Promise<AuthenticateAnswer> {
    const claims = this.readAuthId(request, body.authId)
    const idHash = digest(claims.sessionId)
    const requestHash = digest(JSON.stringify(body))
    const isWaitOver =
      waitSeconds > 0 && (await this.#waitForTransaction(request, claims, idHash, waitSeconds))
    return this.#claimed(idHash, claims.step, requestHash, (stored, owner) => {
      const saved = this.#open(stored)
      if (saved.session.isSuspended)
        throw badRequest('The journey waits for its resume link, not for callbacks')
      const decoded = decodeCallbacks(saved.session.pending, body.callbacks)
      if (!decoded.ok) throw badRequest(decoded.message)
      const arrival = { ...nothing, answers: decoded.answers, isWaitOver }
      return this.#goOn(request, claims.sessionId, stored, saved, owner, requestHash, arrival)
    })
  }

  /** Opens a resume link: once. @throws RequestError 401 when it was used, is unknown, or its time is over. */
  async resume(request: AuthenticateRequest, suspendedId: string): Promise<AuthenticateAnswer> {
    const suspended = await this.#world.steps.bySuspension(digest(suspendedId))
    if (suspended === undefined || suspended.realm !== request.realm.path) throw timedOut()
    const { idHash, step } = suspended
    return this.#claimed(idHash, step, undefined, (stored, owner) => {
      const saved = this.#open(stored)
      const reference = saved.reference
      if (!saved.session.isSuspended || reference === undefined) throw timedOut()
      const arrival = { ...nothing, resumedFromSuspend: true }
      return this.#goOn(request, reference, stored, saved, owner, undefined, arrival)
    })
  }

  /** @throws RequestError 400 for what is not ours, in AM's words. */
  readAuthId(request: Pick<AuthenticateRequest, 'realm'>, authId: string): AuthIdClaims {
    const check = this.#world.authIds.read(authId)
    if (check.kind === 'forged') throw badRequest('AuthId JWT Signature not valid')
    if (check.kind === 'unreadable') throw badRequest('Failed to parse JWT, the authId is not one of ours')
    if (check.claims.realm !== request.realm.path) throw badRequest('AuthId JWT Signature not valid')
    return check.claims
  }

  /**
   * What the holder of a current authId may know of the transaction that its journey opened.
   * @returns undefined when the authId is not the current one of a journey under way.
   */
  async watched(request: Pick<AuthenticateRequest, 'realm'>, authId: string) {
    const claims = this.readAuthId(request, authId)
    const idHash = digest(claims.sessionId)
    const stored = await this.#world.steps.read(idHash)
    if (stored === undefined || stored.step !== claims.step || !this.#isUnderWay(stored)) return undefined
    return { idHash, ...this.#made(stored) }
  }

  /**
   * What a journey under way opened, for those who may use its link although they do not hold its authId.
   * @returns undefined when the journey is over.
   */
  async madeBy(idHash: string) {
    const stored = await this.#world.steps.read(idHash)
    return stored === undefined || !this.#isUnderWay(stored) ? undefined : this.#made(stored)
  }

  #made(stored: StoredJourneySession) {
    const { shared } = this.#open(stored).session
    return {
      transaction: textOf(shared['backchannel-transaction']),
      redirectUri: textOf(shared['backchannel-redirectUri']),
    }
  }

  async #watchOf({ watchKey, realm }: AuthenticateRequest, journey: string): Promise<string | undefined> {
    return watchKey === undefined ? undefined : this.#world.watches.admit(watchKey, realm.path, journey)
  }

  #goOn(
    request: AuthenticateRequest,
    reference: string,
    stored: StoredJourneySession,
    saved: SavedRun,
    owner: string,
    requestHash: string | undefined,
    arrival: Arrival,
  ): Promise<AuthenticateAnswer> {
    return this.#world.revisions.byId(saved.revision).then((frozen) =>
      this.#runner.run({
        request,
        reference,
        frozen,
        saved: { ...saved, ...askedFor(request) },
        arrival,
        zeroPage: new Map(),
        stored,
        claimed: { step: stored.step, owner },
        requestHash,
        now: this.#world.now(),
      }),
    )
  }

  /** Takes the step, runs it, and gives it back should it not come to its commit. */
  async #claimed(
    idHash: string,
    step: number,
    requestHash: string | undefined,
    run: (stored: StoredJourneySession, owner: string) => Promise<AuthenticateAnswer> | AuthenticateAnswer,
  ): Promise<AuthenticateAnswer> {
    const { steps } = this.#world
    const owner = `${this.#world.serverId}:${++this.#claims}`
    const stored = await this.#claim(idHash, step, owner, requestHash)
    if ('status' in stored) return stored
    this.#world.unanswered.remove(idHash)
    const renewal = setInterval(() => this.#renew(idHash, owner), renewEveryMs)
    const work = (async () => {
      try {
        if (!this.#isUnderWay(stored)) throw timedOut()
        return await run(stored, owner)
      } catch (error) {
        await steps.release(idHash, owner)
        throw error
      } finally {
        clearInterval(renewal)
      }
    })()
    this.#underWay.set(idHash, work)
    try {
      return await work
    } finally {
      if (this.#underWay.get(idHash) === work) this.#underWay.delete(idHash)
    }
  }

  /** One that fails is made up for by the next, or the claim is lost, which the commit notices. */
  #renew(idHash: string, owner: string): void {
    const until = this.#world.now() + leaseMs
    this.#world.steps.renew(idHash, owner, until).catch(() => undefined)
  }

  /** @returns the claimed session, or the stored answer when this very request was answered before. */
  async #claim(
    idHash: string,
    step: number,
    owner: string,
    requestHash: string | undefined,
  ): Promise<StoredJourneySession | AuthenticateAnswer> {
    const giveUpAt = this.#world.now() + busyMs
    for (;;) {
      const now = this.#world.now()
      const claim = await this.#world.steps.claim(idHash, step, owner, now, now + leaseMs)
      switch (claim.kind) {
        case 'claimed':
          return claim.session
        case 'unknown':
          throw timedOut()
        case 'moved':
          return this.#answeredBefore(claim.session, step, requestHash)
        case 'busy':
          if (now > giveUpAt) throw new OperationError('the same step is still under way')
          await (this.#underWay.get(idHash)?.catch(() => undefined) ?? pause(busyPauseMs))
      }
    }
  }

  #answeredBefore(
    stored: StoredJourneySession,
    step: number,
    requestHash: string | undefined,
  ): AuthenticateAnswer {
    const { lastAnswer, lastRequest } = stored
    const isSame = stored.step === step + 1 && requestHash !== undefined && requestHash === lastRequest
    if (isSame && lastAnswer !== undefined) return this.#runner.openAnswer(lastAnswer)
    if (stored.expiresAt <= this.#world.now()) throw timedOut()
    throw new RequestError(401, 'This step was answered before: only the newest authId goes on')
  }

  async #waitForTransaction(
    request: AuthenticateRequest,
    claims: AuthIdClaims,
    idHash: string,
    waitSeconds: number,
  ): Promise<boolean> {
    const stored = await this.#world.steps.read(idHash)
    if (stored === undefined || stored.step !== claims.step || !this.#isUnderWay(stored)) return false
    const watched = watchedBy(this.#open(stored))
    if (watched === undefined) return false
    const { transaction, sequence } = watched
    return this.#world.transactions.waitForChange(
      digest(transaction),
      sequence,
      waitSeconds * 1000,
      request.signal,
      readerOf(request, idHash),
    )
  }

  #isUnderWay(stored: StoredJourneySession): boolean {
    return stored.outcome === 'underway' && stored.expiresAt > this.#world.now()
  }

  /** A journey session that can't be read any more fails that login alone. */
  #open(stored: StoredJourneySession): SavedRun {
    try {
      return readRun(this.#world.sealer.open(stored.body))
    } catch (cause) {
      this.#world.log.error({ err: cause }, 'a stored journey session is not readable')
      throw timedOut()
    }
  }
}

/** What a journey keeps of its start. Only an agent chooses the person and says what a check is for. */
function kept(
  { authIndex, goto, gotoOnFail, chosenPerson }: StartRequest,
  presenter: Presenter,
  parameters: JsonObject,
): Partial<Pick<SavedRun, 'authIndex' | 'goto' | 'gotoOnFail' | 'chosenPerson' | 'purpose'>> {
  const { action, reason, ticket } = purposeOf(parameters)
  const purpose = {
    ...(action === undefined ? {} : { action }),
    ...(reason === undefined ? {} : { reason }),
    ...(ticket === undefined ? {} : { ticket }),
  }
  return {
    ...(authIndex === undefined ? {} : { authIndex }),
    ...(goto === undefined ? {} : { goto }),
    ...(gotoOnFail === undefined ? {} : { gotoOnFail }),
    ...(presenter === 'agent' ? { purpose, ...(chosenPerson === undefined ? {} : { chosenPerson }) } : {}),
  }
}

/** No session for the rest of the journey, where a request asks for that. */
function askedFor({
  noSession,
}: AuthenticateRequest): Partial<Pick<SavedRun, 'noSession' | 'noSessionAsked'>> {
  return noSession ? { noSession, noSessionAsked: true } : {}
}

/** The client of a held answer, as live feeds count it. */
function readerOf({ signedIn, view }: AuthenticateRequest, journeySession: string): FeedReader {
  return { journeySession, person: signedIn && personKey(signedIn.session), source: sourceOf(view.clientIp) }
}

/**
 * A journey that the realm offers as a check starts only for a person who may verify callers there.
 * @throws RequestError 401 without a session, 403 for anybody else.
 */
function refuseStranger(
  { realm, signedIn }: AuthenticateRequest,
  presenter: Presenter,
  journeys: readonly string[],
): void {
  if (presenter === 'agent' || !isForAgents(realm.settings.helpDesk, journeys)) return
  const message = 'Only a help-desk agent may start this journey'
  throw new RequestError(signedIn === undefined ? 401 : 403, message, { problem: 'notAgent' })
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
