import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import type { Approvals } from '../help-desk/approvals/approvals.ts'
import type { Verifications } from '../help-desk/checks/verifications.ts'
import type { Transactions } from '../help-desk/transactions/transactions.ts'
import type { JourneyCounts } from '../journeys/counts/journey-counts.ts'
import type { Revisions } from '../journeys/revisions.ts'
import type { Guesses, GuessOrigin } from '../limits/guesses.ts'
import type { Limits } from '../limits/limits.ts'
import type { SharedCounts } from '../limits/shared-counts.ts'
import type { CertificatePort } from '../nodes/ports/certificate-port.ts'
import type { AuthorizedKeyPort } from '../nodes/ports/device-ports.ts'
import type {
  DirectoryPort,
  IdTokenPort,
  RadiusPort,
  SamlPort,
  SocialClientPort,
  SocialPort,
  WebPort,
} from '../nodes/ports/outside-ports.ts'
import type { EmailTemplate } from '../outbox/email-template.ts'
import type { Mail } from '../outbox/mail.ts'
import type { MailOutbox } from '../outbox/mail-outbox.ts'
import type { MessageOutbox } from '../outbox/message-outbox.ts'
import type { PushStore } from '../people/devices/push/push-store.ts'
import type { Identity } from '../people/identity.ts'
import type { IdentityUnit } from '../people/identity-unit.ts'
import type { SamlRealm } from '../people/providers/saml/saml-sign-in.ts'
import type { Realm } from '../realms/realm.ts'
import type { ScriptEngine, ScriptHost } from '../sandbox/script-engine.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { KnownBrowsers } from '../sessions/known-browsers.ts'
import type { PersistentCookies } from '../sessions/persistent-cookies.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Metrics } from '../telemetry/metrics/metrics.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'
import type { AuthIds } from './auth-id.ts'
import type { RunLimits } from './run-recorder.ts'
import type { RunWatches } from './run-watches.ts'
import type { StepStore } from './step-store.ts'
import type { Turns } from './turns.ts'
import type { UnansweredJourneys } from './unanswered-journeys.ts'

/** What a script's host calls need. Changes of people and emails are saved with the step. */
export type ScriptHostScope = {
  realm: Realm
  identities: IdentityUnit
  correlationId: string
  /** Best first. */
  locales: readonly string[]
  sendMail(mail: Mail): void
}

/** Everything that running journeys needs from the rest of the server. The composition root provides it. */
export type World = {
  /** Epoch milliseconds. */
  now(): number
  /** Random values that decide what a journey does. */
  random: { fraction(): number; digits(length: number): string; hex(length: number): string }
  /** Unique name of this process; new at every start. */
  serverId: string
  cookieName: string
  steps: StepStore
  revisions: Revisions
  /** Counts the connections that sign-ins take. */
  journeyCounts: Pick<JourneyCounts, 'add'>
  watches: RunWatches
  /** How much of a watched run is kept. */
  runLimits: RunLimits
  transactions: Transactions
  verifications: Verifications
  approvals: Approvals
  /** People of a realm with any role, also inactive ones. */
  peopleWithRoles(realm: string): Promise<readonly Identity[]>
  /** Counts the routine audit entries of each address. */
  entryCounts: Pick<SharedCounts, 'count'>
  limits: Limits
  sessions: Sessions
  unanswered: UnansweredJourneys
  /** Of steps that change the same person. */
  turns: Turns
  /** Whether a person may verify callers of a realm now. */
  mayVerify(person: Pick<Session, 'realm' | 'identityId'>, realm: string): Promise<boolean>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  /**
   * The people of a realm as one step sees and changes them.
   * @param step `actingSession` is the token hash of the session that the journey runs under.
   */
  identityUnit(
    realm: Realm,
    step: { actingSession: string | undefined; now: number; origin: GuessOrigin },
  ): IdentityUnit
  guesses: Guesses
  knownBrowsers: KnownBrowsers
  scripts: ScriptEngine
  /** Answers the host calls of one step's scripts. */
  scriptHost(step: ScriptHostScope): ScriptHost
  /** Sends emails after the step that wrote them is saved. */
  mailOutbox: Pick<MailOutbox, 'queued' | 'wake'>
  messageOutbox: Pick<MessageOutbox, 'queued' | 'wake'>
  pushes: Pick<PushStore, 'read' | 'countOpen'>
  /** Seals what apps must prove, and their answers. */
  pushSealer: Sealer
  auditBook: Pick<AuditBook, 'waiting' | 'wake' | 'keepsNodes'>
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  sealer: Sealer
  /** Seals registered devices with a key of their own. */
  deviceSealer: Sealer
  persistentCookies: PersistentCookies
  /** Web services and directories that nodes name. The allowlists of outgoing connections apply. */
  services: {
    web: Omit<WebPort, 'secret'>
    /** A secret that nodes of the realm may read, by its label. */
    secretIn(realm: string, label: string): string | undefined
    directories: DirectoryPort
    radius(realm: string): RadiusPort
    idTokens: IdTokenPort
    /** @param service URL of a range service. */
    breachCount(service: string, password: string, userAgent: string): Promise<number>
    certificates: CertificatePort
  }
  hasWebhook(realm: string, name: string): Promise<boolean>
  /** The realm's OAuth 2.0 and OpenID Connect identity providers. */
  social(realm: string): SocialPort & SocialClientPort
  /** The realm's SAML 2.0 identity providers. @param at the realm as browsers reach it. */
  saml(at: SamlRealm & { journey: string }): Promise<SamlPort>
  authorizedKeys: AuthorizedKeyPort
  authIds: AuthIds
  metrics: Metrics
  tracing: Tracing
  log: Logger
}
