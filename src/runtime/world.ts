import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import type { Verifications } from '../help-desk/checks/verifications.ts'
import type { Transactions } from '../help-desk/transactions/transactions.ts'
import type { Revisions } from '../journeys/revisions.ts'
import type { Guesses, GuessOrigin } from '../limits/guesses.ts'
import type { JointCounts } from '../limits/joint-counts.ts'
import type { Limits } from '../limits/limits.ts'
import type { AuthorizedKeyPort } from '../nodes/ports/device-ports.ts'
import type {
  DirectoryPort,
  SamlPort,
  SocialClientPort,
  SocialPort,
  WebPort,
} from '../nodes/ports/outside-ports.ts'
import type { Courier } from '../outbox/courier.ts'
import type { EmailTemplate } from '../outbox/email-template.ts'
import type { Mail } from '../outbox/mail.ts'
import type { Identity } from '../people/identity.ts'
import type { IdentityUnit } from '../people/identity-unit.ts'
import type { SamlRealm } from '../people/providers/saml/saml-sign-in.ts'
import type { Realm } from '../realms/realm.ts'
import type { ScriptEngine, ScriptHost } from '../sandbox/script-engine.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { KnownDevices } from '../sessions/known-devices.ts'
import type { PersistentCookies } from '../sessions/persistent-cookies.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Metrics } from '../telemetry/metrics/metrics.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'
import type { AuthIds } from './auth-id.ts'
import type { RunWatches } from './run-watches.ts'
import type { StepStore } from './step-store.ts'
import type { UnansweredJourneys } from './unanswered-journeys.ts'

/** What a script's calls are answered with: what it changes and sends is saved with the step. */
export type ScriptSurroundings = {
  realm: Realm
  identities: IdentityUnit
  correlationId: string
  /** Best first. */
  locales: readonly string[]
  sendMail(mail: Mail): void
}

/** Everything that running journeys needs of the rest of the server. The composition root fills it in. */
export type World = {
  /** Epoch milliseconds. */
  now(): number
  /** Names this process among all servers; new at every start. */
  serverId: string
  cookieName: string
  steps: StepStore
  revisions: Revisions
  watches: RunWatches
  transactions: Transactions
  verifications: Verifications
  /** Counts the routine entries of each address in the audit book. */
  entryCounts: Pick<JointCounts, 'count'>
  limits: Limits
  sessions: Sessions
  unanswered: UnansweredJourneys
  /** Whether a person may verify callers of a realm now. */
  mayVerify(person: Pick<Session, 'realm' | 'identityId'>, realm: string): Promise<boolean>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  /**
   * The people of a realm, as one step sees and changes them.
   * @param step token hash of the session that the journey runs under, and where the request comes from.
   */
  identityUnit(
    realm: Realm,
    step: { actingSession: string | undefined; now: number; origin: GuessOrigin },
  ): IdentityUnit
  guesses: Guesses
  knownDevices: KnownDevices
  scripts: ScriptEngine
  /** Answers what the scripts of one step ask of the world. */
  scriptHost(step: ScriptSurroundings): ScriptHost
  /** Takes the mails of a step, and sends them once they are saved. */
  courier: Pick<Courier, 'queued' | 'wake'>
  /** Keeps the audit events of steps. */
  auditBook: Pick<AuditBook, 'waiting' | 'wake' | 'keepsNodes'>
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  sealer: Sealer
  /** Seals registered devices; their key is no other's. */
  deviceSealer: Sealer
  persistentCookies: PersistentCookies
  /** Web services and directories that nodes name, behind their fences. */
  outside: { web: WebPort; directories: DirectoryPort }
  hasWebhook(realm: string, name: string): Promise<boolean>
  /** The identity providers of a realm. */
  social(realm: string): SocialPort & SocialClientPort
  /** Those that speak SAML 2.0. @param at the realm as browsers reach it */
  saml(at: SamlRealm): SamlPort
  authorizedKeys: AuthorizedKeyPort
  authIds: AuthIds
  metrics: Metrics
  tracing: Tracing
  log: Logger
}
