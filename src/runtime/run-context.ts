import type { Logger } from 'pino'
import type { AuditEvent } from '../audit/audit-trail.ts'
import type { Answer } from '../engine/callbacks.ts'
import type { Cookie } from '../engine/cookie.ts'
import type { Journey, NodeSettings } from '../engine/journey.ts'
import type { Method, Proof } from '../engine/methods.ts'
import type { NodeState } from '../engine/node-state.ts'
import type { ScriptException } from '../engine/script-exception.ts'
import type { ApprovalChange } from '../help-desk/approvals/approval.ts'
import type { Verification } from '../help-desk/checks/verification.ts'
import type { Opener, Transaction, TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { CountedVisit } from '../journeys/counts/journey-counts.ts'
import type { FrozenJourney } from '../journeys/revisions.ts'
import type { GuessOrigin } from '../limits/guesses.ts'
import type { Limit, LimitRefusal } from '../limits/limit.ts'
import type { RadiusVerdict } from '../nodes/ports/outside-ports.ts'
import type { Mail } from '../outbox/mail.ts'
import type { NewMessage } from '../outbox/message-outbox.ts'
import type { PushChange } from '../people/devices/push/push.ts'
import type { IdentityChange } from '../people/identity.ts'
import type { IdentityUnit } from '../people/identity-unit.ts'
import { resumeLink } from '../realms/links.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { Measurement } from '../telemetry/metrics/measurement.ts'
import type { AuthenticateRequest } from './authenticate-request.ts'
import { seenFromDevice } from './device-view.ts'
import { RunRecorder } from './run-recorder.ts'
import type { SavedRun } from './saved-run.ts'
import type { StepCommit, StoredJourneySession } from './step-store.ts'
import type { World } from './world.ts'
import type { ZeroPage } from './zero-page.ts'

/** Input for the waiting node: answers to its callbacks, or the resume link. Empty at the start. */
export type Arrival = {
  answers: readonly Answer[]
  resumedFromSuspend: boolean
  /** Whether the transaction changed while the response of a waiting page was held. */
  isWaitOver: boolean
}

export const emptyArrival: Arrival = { answers: [], resumedFromSuspend: false, isWaitOver: false }

/** One authenticate request of a journey, before it runs. */
export type IncomingStep = {
  request: AuthenticateRequest
  /** The id of the journey session that the authId carries. Only its hash is stored. */
  reference: string
  frozen: FrozenJourney
  /** The journey after the previous request. */
  saved: SavedRun
  arrival: Arrival
  zeroPage: ZeroPage
  stored: Pick<StoredJourneySession, 'idHash' | 'step' | 'startedAt' | 'expiresAt'>
  /** What the body of the stored session seals. Undefined for the first request of a journey. */
  text: string | undefined
  /** Undefined for the first request of a journey. */
  claimed: StepCommit['claimed']
  /** SHA-256 of the body, which recognises a repeated request. */
  requestHash: string | undefined
  /** Epoch milliseconds. */
  now: number
}

/** A step that runs. */
export class Step {
  readonly request: AuthenticateRequest
  readonly reference: string
  readonly frozen: FrozenJourney
  readonly saved: SavedRun
  readonly arrival: Arrival
  readonly zeroPage: ZeroPage
  readonly stored: IncomingStep['stored']
  readonly text: string | undefined
  readonly claimed: IncomingStep['claimed']
  readonly requestHash: string | undefined
  readonly now: number
  /** Verdicts of RADIUS servers by question, for further attempts to run the step. */
  readonly radiusVerdicts = new Map<string, RadiusVerdict>()
  readonly #log: Logger
  #lines: Logger | undefined
  #suspendedId: string | undefined

  /** @param saved the journey without a session that has ended. */
  constructor({ log }: Pick<World, 'log'>, incoming: IncomingStep, saved: SavedRun) {
    this.request = seenFromDevice(incoming.request, saved.watch?.userAgent)
    this.reference = incoming.reference
    this.frozen = incoming.frozen
    this.saved = saved
    this.arrival = incoming.arrival
    this.zeroPage = incoming.zeroPage
    this.stored = incoming.stored
    this.text = incoming.text
    this.claimed = incoming.claimed
    this.requestHash = incoming.requestHash
    this.now = incoming.now
    this.#log = log
  }

  get log(): Logger {
    const { realm, correlationId } = this.request
    this.#lines ??= this.#log.child({ realm: realm.path, correlationId })
    return this.#lines
  }

  /** Id of the resume link if the journey suspends. A secret: only its hash is stored. */
  get suspendedId(): string {
    this.#suspendedId ??= randomToken()
    return this.#suspendedId
  }

  /** Hash of the transaction that this journey completes. */
  get transactionHash(): string | undefined {
    return this.saved.transaction === undefined ? undefined : digest(this.saved.transaction)
  }
}

/** One attempt to run a step: the server, the step, and everything that the commit saves. */
export type RunContext = {
  readonly world: World
  readonly step: Step
  readonly effects: StepEffects
}

/** One visit of a node. */
export type Visit = {
  id: string
  node: NodeSettings
  journey: Journey
  isInner: boolean
  answers: readonly Answer[]
  state: NodeState
  resumedFromSuspend: boolean
  isWaitOver: boolean
  /** Unique in the journey session, and the same when the step runs again. */
  name: string
  /** Credentials checked before this visit. */
  proofs: readonly Proof[]
  /** Records that a credential was checked successfully, by this node or by a child of a page. */
  prove(method: Method): void
  /** Records that the outcome is that of a stand-in for this node type, here or in a child of a page. */
  stoodIn(type: string): void
  /** Records that a script of this visit failed. */
  scriptFailed(exception: ScriptException): void
}

/** Effects of the nodes, saved with the step. None of them takes effect before that. */
export class StepEffects {
  /** Set when an administrator watches the run. */
  readonly recorder: RunRecorder | undefined
  transactions: TransactionChange[] = []
  /** Transactions that this request opened, by id: readable before they are saved. */
  readonly opened = new Map<string, Transaction>()
  /** Those among them that are checks, by the hash of the transaction. */
  readonly checks = new Map<string, Verification>()
  /** Requests to second agents, and the approval that an opening uses. */
  approvals: ApprovalChange[] = []
  /** Limits that the step counts towards. */
  counts: Limit[] = []
  /** Set if a limit refused an action; the response to a failure then reports it. */
  exceededLimit: LimitRefusal | undefined
  /** The reason why a transaction about a person was not opened. Shown to the agent if the journey fails in this request. */
  refusal: { problem: string; message: string } | undefined
  /** Whether the caller typed the code of the check that this journey completes. */
  isBound = false
  /** Emails, sent after the commit. */
  mails: Mail[] = []
  /** Text messages, sent after the commit. */
  messages: NewMessage[] = []
  /** Questions to authenticator apps, and answers that the step uses. */
  pushes: PushChange[] = []
  /** Cookies of the response. */
  readonly cookies: Cookie[] = []
  /** Events for the audit book. */
  readonly auditEvents: AuditEvent[] = []
  /** Counted after the commit, so that a step that runs again counts once. */
  readonly measurements: Measurement[] = []
  /** The nodes that ran, and the connections that the journey took. Counted after the commit, too. */
  readonly visits: CountedVisit[] = []
  watching: SavedRun['watching']
  /** Whether a node saved something at once, under the name of its visit. */
  isVisitUsed = false
  readonly #world: World
  readonly #step: Step
  #identities: IdentityUnit | undefined

  constructor(world: World, step: Step) {
    this.#world = world
    this.#step = step
    const { saved, stored, now } = step
    const { watch } = saved
    const secrets = [step.suspendedId, saved.transaction]
    this.recorder =
      watch && new RunRecorder(watch, { request: stored.step + 1, at: now, secrets, limits: world.runLimits })
  }

  /** The people of the realm, including the changes of this step. */
  get identities(): IdentityUnit {
    this.#identities ??= this.#identityUnit()
    return this.#identities
  }

  /** Changes of people, to be saved. */
  get changedPeople(): readonly IdentityChange[] {
    return this.#identities?.changes() ?? []
  }

  /** Whether the step has effects besides the journey session. */
  get mustBeSaved(): boolean {
    const { transactions, approvals, counts, mails, messages, pushes, cookies, auditEvents } = this
    const lists = [transactions, approvals, counts, mails, messages, pushes, cookies, auditEvents]
    const isSent = this.isVisitUsed || this.changedPeople.length > 0
    return isSent || lists.some(({ length }) => length > 0)
  }

  #identityUnit(): IdentityUnit {
    const { request, saved, now } = this.#step
    return this.#world.identityUnit(request.realm, {
      actingSession: saved.existingSession?.tokenHash,
      now,
      origin: guessOriginOf(this.#world, this.#step),
    })
  }
}

/** The origin of guesses at credentials in this request. */
export function guessOriginOf(
  { knownBrowsers }: Pick<World, 'knownBrowsers'>,
  { request, now }: Step,
): GuessOrigin {
  const { realm, view, browserCookie } = request
  return {
    address: view.clientIp,
    hasBrowserCookie: browserCookie !== undefined,
    browserOf: (personId, factor) =>
      knownBrowsers.browserOf(browserCookie, { realm: realm.path, personId }, factor, now),
  }
}

/** The journey session, and the session that it runs under, as transactions record who opened them. */
export function openersOf({
  stored,
  saved: { existingSession },
}: Step): Pick<Opener, 'session'> & { journeySession: string; identityId: string | undefined } {
  const { tokenHash: session, identityId } = existingSession ?? {}
  return { journeySession: stored.idHash, session, identityId }
}

export function resumeUriOf({ request: { realm, view }, suspendedId }: Step): string {
  return resumeLink(view.baseUrl, realm.path, suspendedId)
}
