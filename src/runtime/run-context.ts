import type { Logger } from 'pino'
import type { AuditEvent } from '../audit/audit-trail.ts'
import type { Answer } from '../engine/callbacks.ts'
import type { Cookie } from '../engine/cookie.ts'
import type { Journey, NodeSettings } from '../engine/journey.ts'
import type { Method, Proof } from '../engine/methods.ts'
import type { NodeState } from '../engine/node-state.ts'
import type { Verification } from '../help-desk/checks/verification.ts'
import { resumeLink } from '../help-desk/transactions/links.ts'
import type { Opener, Transaction, TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { FrozenJourney } from '../journeys/revisions.ts'
import type { GuessOrigin } from '../limits/guesses.ts'
import type { Limit, LimitRefusal } from '../limits/limit.ts'
import type { Mail } from '../outbox/mail.ts'
import type { IdentityUnit } from '../people/identity-unit.ts'
import type { Measurement } from '../telemetry/metrics/measurement.ts'
import type { AuthenticateRequest } from './authenticate-request.ts'
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
  /** Undefined for the first request of a journey. */
  claimed: StepCommit['claimed']
  /** SHA-256 of the body, which recognises a repeated request. */
  requestHash: string | undefined
  /** Epoch milliseconds. */
  now: number
}

export type Step = IncomingStep & {
  /** Id of the resume link if the journey suspends. A secret: only its hash is stored. */
  suspendedId: string
  /** Hash of the transaction that this journey completes. */
  transactionHash: string | undefined
  log: Logger
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
}

/** Effects of the nodes, saved with the step. None of them takes effect before that. */
export type StepEffects = {
  /** The people of the realm, including the changes of this step. */
  identities: IdentityUnit
  /** Set when an administrator watches the run. */
  recorder: RunRecorder | undefined
  transactions: TransactionChange[]
  /** Transactions that this request opened, by id: readable before they are saved. */
  opened: Map<string, Transaction>
  /** Those among them that are checks, by the hash of the transaction. */
  checks: Map<string, Verification>
  /** Limits that the step counts towards. */
  counts: Limit[]
  /** Set if a limit refused an action; the response to a failure then reports it. */
  exceededLimit: LimitRefusal | undefined
  /** The reason why a transaction about a person was not opened. Shown to the agent if the journey fails in this request. */
  refusal: { problem: string; message: string } | undefined
  /** Whether the caller typed the code of the check that this journey completes. */
  isBound: boolean
  /** Emails, sent after the commit. */
  mails: Mail[]
  /** Cookies of the response. */
  cookies: Cookie[]
  /** Events for the audit book. */
  auditEvents: AuditEvent[]
  /** Counted after the commit, so that a step that runs again counts once. */
  measurements: Measurement[]
  watching: SavedRun['watching']
}

export function newEffects(world: World, step: Step): StepEffects {
  const { request, saved, stored, now, suspendedId } = step
  const actingSession = saved.existingSession?.tokenHash
  const secrets = [suspendedId, saved.transaction]
  return {
    identities: world.identityUnit(request.realm, { actingSession, now, origin: guessOriginOf(world, step) }),
    recorder: saved.watch && new RunRecorder(saved.watch, stored.step + 1, now, secrets),
    transactions: [],
    opened: new Map(),
    checks: new Map(),
    counts: [],
    exceededLimit: undefined,
    refusal: undefined,
    isBound: false,
    mails: [],
    cookies: [],
    auditEvents: [],
    measurements: [],
    watching: undefined,
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
