import type { Logger } from 'pino'
import type { AuditEvent, AuditTrail } from '../../audit/audit-trail.ts'
import type { Cookie } from '../../engine/cookie.ts'
import type { Method } from '../../engine/methods.ts'
import type { RequestView } from '../../engine/node-type.ts'
import type { Verification } from '../../help-desk/checks/verification.ts'
import type { Verifications } from '../../help-desk/checks/verifications.ts'
import type { Opener, Transaction, TransactionChange } from '../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../help-desk/transactions/transactions.ts'
import type { FrozenJourney } from '../../journeys/revisions.ts'
import type { Guesses, GuessOrigin } from '../../limits/guesses.ts'
import type { JointCounts } from '../../limits/joint-counts.ts'
import type { Limit, TooMany } from '../../limits/limit.ts'
import type { Limits } from '../../limits/limits.ts'
import type { AuthorizedKeyPort } from '../../nodes/ports/device-ports.ts'
import type {
  DirectoryPort,
  SamlPort,
  SocialClientPort,
  SocialPort,
  WebPort,
} from '../../nodes/ports/outside-ports.ts'
import type { EmailTemplate } from '../../outbox/email-template.ts'
import type { Mail } from '../../outbox/mail.ts'
import type { Identity } from '../../people/identity.ts'
import type { IdentityUnit } from '../../people/identity-unit.ts'
import type { Realm } from '../../realms/realm.ts'
import type { ScriptEngine, ScriptHost } from '../../sandbox/script-engine.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { PersistentCookies } from '../../sessions/persistent-cookies.ts'
import type { Measurement } from '../../telemetry/metrics/measurement.ts'
import type { Metrics } from '../../telemetry/metrics/metrics.ts'
import type { Tracing } from '../../telemetry/traces/tracing.ts'
import type { Presenter } from '../presenter.ts'
import type { RunRecorder } from '../run-recorder.ts'
import type { SavedRun } from '../saved-run.ts'

/** What lasts for the whole request and every node of it shares. */
export type RunContext = {
  realm: Realm
  frozen: FrozenJourney
  request: RequestView
  now: number
  /** How long the whole journey may take, from its start. */
  journeyMinutes: number
  resumeUri: string
  cookieName: string
  correlationId: string
  log: Logger
  audit: AuditTrail
  metrics: Metrics
  tracing: Tracing
  identities: IdentityUnit
  transactions: Transactions
  verifications: Verifications
  /** Counts the routine entries of each address in the audit book. */
  entryCounts: Pick<JointCounts, 'count'>
  limits: Limits
  guesses: Guesses
  /** Where tries at credentials come from in this request. */
  origin: GuessOrigin
  /** The cookie that makes this device known to a person who has signed in with these methods. */
  knownDevice(personId: string, methods: readonly Method[]): Cookie | undefined
  /** Whether the realm has an enabled journey of this name that a transaction may start. */
  canStart(journey: string): Promise<boolean>
  /** Whether a person of the realm may verify callers now. */
  isAgent(identityId: string): Promise<boolean>
  /** Whether this request comes with the session of an agent. */
  presenter(): Promise<Presenter>
  /** A person of the realm as stored, with roles and attributes. */
  readIdentity(id: string): Promise<Identity | undefined>
  scripts: ScriptEngine
  /** Answers what scripts ask of the world, except the identities of this step. */
  scriptHost: ScriptHost
  /** Who this journey and the session that it runs under are to transactions that it opens. */
  openers: Pick<Opener, 'session'> & { journeySession: string; identityId: string | undefined }
  /** Id of the person that the agent chose, which decides between people with the same address. */
  chosenPerson: string | undefined
  /** What the agent said at the start that the check is for. */
  startPurpose: SavedRun['purpose']
  /** Seals registered devices. */
  deviceSealer: Sealer
  persistentCookies: PersistentCookies
  web: WebPort
  directories: DirectoryPort
  social: SocialPort & SocialClientPort
  saml: SamlPort
  authorizedKeys: AuthorizedKeyPort
  /** Whether the journey's realm has a webhook of this name. */
  hasWebhook(name: string): Promise<boolean>
  /** An e-mail template of the journey's realm. */
  templateNamed(name: string): Promise<EmailTemplate | undefined>
  /** Counts the requests of the journey from 1. */
  requestNumber: number
  /** Set where an administrator watches the run. */
  recorder: RunRecorder | undefined
  /** Collected for the commit at the end of the step. */
  effects: StepEffects
  /** The transaction that this journey completes: its id, and the hash under which it is stored. */
  transaction: string | undefined
  transactionHash: string | undefined
  existingSession: Readonly<Record<string, string>> | undefined
}

/** What the nodes of one request want saved with it. Nothing of it has happened yet. */
export type StepEffects = {
  transactions: TransactionChange[]
  /** Opened in this request, by id: readable before they are saved. */
  opened: Map<string, Transaction>
  /** What of these are checks of a help desk, by the hash of the transaction. */
  checks: Map<string, Verification>
  /** What is counted in with the step. */
  counts: Limit[]
  /** Set where something was refused because there was too much of it: a failure of the journey in this request says so. */
  tooMany: TooMany | undefined
  /** Why a transaction about a person was not opened: the agent reads it when the journey fails in this request. */
  refusal: { problem: string; message: string } | undefined
  /** Whether the caller typed the code of the check that this journey completes. */
  isBound: boolean
  /** Written in this request: sent once it is saved. */
  mails: Mail[]
  /** Set with the answer. */
  cookies: Cookie[]
  /** Kept in the audit book. */
  auditEvents: AuditEvent[]
  /** Counted once it is saved: a step that runs again counts once. */
  measurements: Measurement[]
  watching: SavedRun['watching']
}

export function noEffects(): StepEffects {
  return {
    transactions: [],
    opened: new Map(),
    checks: new Map(),
    counts: [],
    tooMany: undefined,
    refusal: undefined,
    isBound: false,
    mails: [],
    cookies: [],
    auditEvents: [],
    measurements: [],
    watching: undefined,
  }
}
