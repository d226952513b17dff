import { defined } from '../base/defined.ts'
import { badRequest, RequestError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import { forgetReads } from '../base/request-memory.ts'
import { type Work, waitFor } from '../base/work.ts'
import { decodeCallbacks } from '../engine/callbacks.ts'
import { beginJourney } from '../engine/journey-session.ts'
import { isForAgents } from '../help-desk/checks/opening-rules.ts'
import { personKey } from '../help-desk/transactions/feed-slots.ts'
import { purposeOf } from '../help-desk/transactions/purpose.ts'
import { landingPageOf } from '../realms/links.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import { landingPage } from './allowed-url.ts'
import type { AuthIdClaims } from './auth-id.ts'
import {
  type AuthenticateAnswer,
  type AuthenticateRequest,
  type StartRequest,
  type StepBody,
  timedOut,
} from './authenticate-request.ts'
import { type ClaimedStep, Claims } from './claim.ts'
import { type Presenter, presenterOf } from './presenter.ts'
import { emptyArrival, type IncomingStep } from './run-context.ts'
import { runStep } from './run-step.ts'
import type { AdmittedWatch } from './run-watches.ts'
import { openRun, type SavedRun } from './saved-run.ts'
import { findDraftStart, findJourneyStart } from './start-journey.ts'
import { isUnderWay, type StoredJourneySession } from './step-store.ts'
import type { Starter } from './unanswered-journeys.ts'
import { waitForTransaction } from './wait.ts'
import type { World } from './world.ts'
import { type ZeroPage, zeroPageOf } from './zero-page.ts'

const noHeaders: ZeroPage = new Map()

/**
 * The authenticate endpoint without HTTP: starts journeys, takes answers to callbacks, and resumes suspended journeys.
 * Source: "Authenticate endpoint parameters" and "Log in using REST".
 */
export class Authentication {
  readonly #world: World
  readonly #claims: Claims

  constructor(world: World) {
    this.#world = world
    this.#claims = new Claims(world)
  }

  /** @throws RequestError like `findJourneyStart`. */
  *start(request: AuthenticateRequest, start: StartRequest): Work<AuthenticateAnswer> {
    const { realm, signedIn } = request
    const isDraft = this.#world.watches.isForDraft(request.watchKey)
    // rule S28: otherwise sign-ins run the draft of a journey
    const find = isDraft ? findDraftStart : findJourneyStart
    const { frozen, shared, transaction } = yield* find(this.#world, realm, start.authIndex)
    const root = frozen.content.journeys[frozen.content.root]
    if (root === undefined) throw badRequest('No Configuration found')
    const presenter = yield* presenterOf(this.#world, request, undefined)
    // rule S02: otherwise anonymous clients can start help-desk journeys
    refuseNonAgent(request, presenter, Object.keys(frozen.content.journeys))
    const watch = yield* this.#watchOf(request, frozen.content.root)
    // rule S01: otherwise a journey sees a session of another realm and skips because of it
    const isSignedIn = signedIn !== undefined && signedIn.session.realm === realm.path
    if (isSignedIn && !start.forceAuth && !root.mustRun) return alreadySignedIn(request, start)
    const saved: SavedRun = {
      revision: frozen.id,
      session: beginJourney(root, shared),
      ...keptFromStart(start, presenter, request.view.parameters),
      // Drafts leave no version, so running one must not sign anyone in.
      // rule S28: otherwise the run of a draft signs a person in
      noSession: root.noSession || isDraft,
      ...noSessionOf(request),
      ...(watch === undefined ? {} : { watch: { ...watch, steps: [], isCut: false, maskedKeys: [] } }),
      ...defined({ transaction: transaction?.id }),
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
    return yield* this.#runFirst(starterOf(request, presenter, transaction?.record.idHash), {
      request,
      reference,
      frozen,
      saved,
      arrival: emptyArrival,
      zeroPage: zeroPageOf(request.view),
      stored: { idHash: digest(reference), step: 0, startedAt: now, expiresAt: now + minutes * 60_000 },
      text: undefined,
      claimed: undefined,
      requestHash: undefined,
      now,
    })
  }

  /** Runs the first request. A journey that waits for an answer may take the place of another. */
  *#runFirst(starter: Starter, step: IncomingStep): Work<AuthenticateAnswer> {
    const { unanswered, steps } = this.#world
    unanswered.admit(starter, step.now)
    const answer = yield* runStep(this.#world, step)
    if (answer.body.authId === undefined) return answer
    const { idHash, expiresAt } = step.stored
    // rule S27: otherwise starting a journey is not counted
    const dropped = unanswered.add(idHash, starter, expiresAt, step.now)
    // A failure must not replace the answer of a saved step. The row is then deleted after it expired.
    if (dropped !== undefined) yield* waitFor(steps.drop(dropped, step.now).catch(() => undefined))
    return answer
  }

  /**
   * Takes the answers to a step. If the client repeats a request, it gets the same response, and effects happen once.
   *
   * @param waitSeconds maximum time to hold the response of a waiting page until its transaction changes.
   * @throws RequestError 400 for a forged or unreadable authId and for answers that don't fit the callbacks; 401 for an authId
   * that is expired or not the newest. The journey stays unchanged in both cases.
   */
  *answer(request: AuthenticateRequest, body: StepBody, waitSeconds: number): Work<AuthenticateAnswer> {
    const { sessionId: reference, step } = this.readAuthId(request, body.authId)
    const idHash = digest(reference)
    const requestHash = digest(JSON.stringify(body))
    const isWaitOver =
      waitSeconds > 0 &&
      (yield* waitFor(waitForTransaction(this.#world, request, { idHash, step }, waitSeconds)))
    if (waitSeconds > 0) forgetReads()
    return yield* this.#claims.run({ idHash, step, requestHash }, (claimed) => {
      const { session } = claimed.saved
      if (session.isSuspended) throw badRequest('The journey waits for its resume link, not for callbacks')
      const decoded = decodeCallbacks(session.pending, body.callbacks)
      if (!decoded.ok) throw badRequest(decoded.message)
      const arrival = { ...emptyArrival, answers: decoded.answers, isWaitOver }
      return this.#continue(request, { ...claimed, reference, requestHash, arrival })
    })
  }

  /** Opens a resume link, which works once. @throws RequestError 401 if it is used, unknown or expired. */
  *resume(request: AuthenticateRequest, suspendedId: string): Work<AuthenticateAnswer> {
    const suspended = yield* waitFor(this.#world.steps.bySuspension(digest(suspendedId)))
    if (suspended === undefined || suspended.realm !== request.realm.path) throw timedOut()
    const { idHash, step } = suspended
    const requestHash = undefined
    return yield* this.#claims.run({ idHash, step, requestHash }, (claimed) => {
      const { reference, session } = claimed.saved
      if (!session.isSuspended || reference === undefined) throw timedOut()
      const arrival = { ...emptyArrival, resumedFromSuspend: true }
      return this.#continue(request, { ...claimed, reference, requestHash, arrival })
    })
  }

  *#continue(
    request: AuthenticateRequest,
    from: Pick<IncomingStep, 'reference' | 'requestHash' | 'arrival'> & ClaimedStep,
  ): Work<AuthenticateAnswer> {
    const { owner, stored, saved, ...others } = from
    return yield* runStep(this.#world, {
      ...others,
      request,
      frozen: yield* waitFor(this.#world.revisions.byId(saved.revision)),
      saved: request.noSession ? { ...saved, ...noSessionOf(request) } : saved,
      zeroPage: noHeaders,
      stored,
      claimed: { step: stored.step, owner },
      now: this.#world.now(),
    })
  }

  /** @throws RequestError 400 for an authId that this realm did not issue, in AM's words. */
  readAuthId(request: Pick<AuthenticateRequest, 'realm'>, authId: string): AuthIdClaims {
    const check = this.#world.authIds.read(authId)
    if (check.kind === 'forged') throw badRequest('AuthId JWT Signature not valid')
    if (check.kind === 'unreadable') throw badRequest('Failed to parse JWT, the authId is not one of ours')
    if (check.claims.realm !== request.realm.path) throw badRequest('AuthId JWT Signature not valid')
    return check.claims
  }

  /**
   * The transaction that a journey opened, for the client with its current authId.
   * @returns undefined if the authId is not the current one of an open journey session.
   */
  async watched(request: Pick<AuthenticateRequest, 'realm'>, authId: string) {
    const { sessionId, step } = this.readAuthId(request, authId)
    const idHash = digest(sessionId)
    const stored = await this.#world.steps.read(idHash)
    if (stored === undefined || stored.step !== step || !this.#isUnderWay(stored)) return undefined
    return { idHash, ...this.#openedBy(stored) }
  }

  /**
   * The transaction that a journey opened, for parties that may use its link without an authId.
   * @returns undefined if the journey has ended.
   */
  async openedBySession(idHash: string) {
    const stored = await this.#world.steps.read(idHash)
    return stored === undefined || !this.#isUnderWay(stored) ? undefined : this.#openedBy(stored)
  }

  #openedBy(stored: StoredJourneySession) {
    const { shared } = openRun(this.#world, stored).session
    return {
      transaction: textOf(shared['backchannel-transaction']),
      redirectUri: textOf(shared['backchannel-redirectUri']),
    }
  }

  #isUnderWay(stored: StoredJourneySession): boolean {
    return isUnderWay(stored, this.#world.now())
  }

  *#watchOf({ watchKey, realm }: AuthenticateRequest, journey: string): Work<AdmittedWatch | undefined> {
    if (watchKey === undefined) return undefined
    return yield* waitFor(this.#world.watches.admit(watchKey, realm.path, journey))
  }
}

/** If the session is valid and the journey need not run, returns a response without running it. */
function alreadySignedIn(
  { realm, view, signedIn }: AuthenticateRequest,
  { goto }: StartRequest,
): AuthenticateAnswer {
  const successUrl =
    landingPage(realm, view.baseUrl, [goto, realm.settings.successUrl]) ?? landingPageOf(realm.path)
  const tokenId = signedIn === undefined || signedIn.isCookie ? '' : signedIn.token
  return {
    status: 200,
    body: { tokenId, successUrl, realm: realm.path },
  }
}

/** The client of a start, as journeys without an answer are counted. @param transaction the hash of its id */
function starterOf(
  { signedIn, view }: AuthenticateRequest,
  presenter: Presenter,
  transaction: string | undefined,
): Starter {
  if (signedIn !== undefined) {
    return { kind: presenter === 'agent' ? 'agent' : 'person', person: personKey(signedIn.session) }
  }
  if (transaction !== undefined) return { kind: 'caller', transaction }
  return { kind: 'anonymous', address: view.clientIp }
}

/** The parts of a start that a journey keeps. Only an agent chooses the person and states the purpose of a check. */
function keptFromStart(
  { authIndex, goto, gotoOnFail, chosenPerson }: StartRequest,
  presenter: Presenter,
  parameters: JsonObject,
): Partial<Pick<SavedRun, 'authIndex' | 'goto' | 'gotoOnFail' | 'chosenPerson' | 'purpose'>> {
  const { action, reason, ticket } = purposeOf(parameters)
  const purpose = defined({ action, reason, ticket })
  const choice = presenter === 'agent' ? { purpose, chosenPerson } : {}
  return defined({ authIndex, goto, gotoOnFail, ...choice })
}

/** Whether to create no session. Any request may ask for this, and it then applies to the rest of the journey. */
function noSessionOf({
  noSession,
}: AuthenticateRequest): Partial<Pick<SavedRun, 'noSession' | 'noSessionAsked'>> {
  return noSession ? { noSession, noSessionAsked: true } : {}
}

/**
 * Only people who may verify callers in the realm can start a journey that the realm offers as a check.
 * @throws RequestError 401 without a session, 403 for other people.
 */
function refuseNonAgent(
  { realm, signedIn }: AuthenticateRequest,
  presenter: Presenter,
  journeys: readonly string[],
): void {
  if (presenter === 'agent' || !isForAgents(realm.settings.helpDesk, journeys)) return
  const message = 'Only a help-desk agent may start this journey'
  throw new RequestError(signedIn === undefined ? 401 : 403, message, { problem: 'notAgent' })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
