import type { WaitingEntry } from '../audit/audit-store.ts'
import type { AuditRow } from '../audit/chain.ts'
import type { EsvSecret, EsvVariable, SecretVersion } from '../esvs/esv.ts'
import type { Alarm } from '../help-desk/alarms/alarm.ts'
import type { Approval } from '../help-desk/approvals/approval.ts'
import type { Verification } from '../help-desk/checks/verification.ts'
import type { ShortCode } from '../help-desk/short-codes/short-code.ts'
import type { Transaction } from '../help-desk/transactions/transaction.ts'
import type { Delivery } from '../help-desk/webhooks/delivery.ts'
import type { Webhook } from '../help-desk/webhooks/webhook.ts'
import type { ConnectionCount } from '../journeys/counts/count-store.ts'
import type { NodeDocument } from '../journeys/journey-document.ts'
import type { OauthClientRecord, OauthRecord } from '../oauth/oauth-store.ts'
import type { ServiceAccount } from '../oauth/service-account.ts'
import type { QueuedCall } from '../outbox/call.ts'
import type { QueuedMail } from '../outbox/mail.ts'
import type { QueuedMessage } from '../outbox/message.ts'
import type { Push } from '../people/devices/push/push.ts'
import type { Identity } from '../people/identity.ts'
import type { RealmDocument } from '../realms/document-store.ts'
import type { Realm } from '../realms/realm.ts'
import type { StoredJourneySession } from '../runtime/step-store.ts'
import type { Session } from '../sessions/session.ts'

/*
 * The tables as queries see them. Names are camel case here and snake case in the database. Times are epoch
 * milliseconds.
 */

/** The columns of a record: booleans are 0 and 1, objects and lists are JSON text, and undefined is null. */
export type Columns<Entry> = { [Name in keyof Entry]-?: Column<Entry[Name]> }

type Column<Value> = Value extends undefined
  ? null
  : Value extends boolean
    ? number
    : Value extends string | number
      ? Value
      : Json

export type ConfigurationTable = { id: number; version: number }

export type RealmTable = Columns<Realm>

export type JourneyTable = {
  realm: string
  name: string
  document: Json
  saves: number
  savedAt: number | null
  /** The person's name at that time. */
  savedBy: string | null
  savedById: string | null
}

export type NodeTable = { realm: string } & Columns<NodeDocument>

export type ScriptTable = { realm: string; id: string; name: string; document: Json }

export type RealmDocumentTable = { realm: string } & Columns<RealmDocument>

export type CustomNodeTypeTable = { serviceName: string; displayName: string; document: Json }

export type IdentityTable = Columns<Omit<Identity, 'failures'>> & {
  userNameFolded: string
  failureCount: number
  lastFailureAt: number
  lockedUntil: number
}

export type IdentityIndexTable = {
  realm: string
  attribute: string
  valueFolded: string
  identityId: string
}

export type SessionTable = Columns<Omit<Session, 'webhooks'>> & {
  /** The earlier of both limits. Used only for cleanup. */
  expiresAt: number
  /** Null if the session has no logout webhooks. */
  webhooks: Json | null
}

export type TransactionTable = Columns<Omit<Transaction, 'purpose'>> & {
  /** Null if it is empty. */
  purpose: Json | null
  /** The agent who is responsible now, and the subject. For lists. */
  agentId: string | null
  subjectId: string | null
  /** The person vouched for, if the check asks for a vouch. */
  vouchForId: string | null
  /** To whom the agent offers it: `offereeOf`. Null without an offer. */
  offeredTo: string | null
  /** 1 if the pause after a "this is not me" was lifted, or if there was none. */
  pauseLifted: number | null
  /** Who lifted it, when and why. */
  pauseLift: Json | null
}

export type VerificationTable = Columns<Verification>

export type AlarmTable = Columns<Alarm>

export type ApprovalTable = Columns<Approval>

export type TransactionEventTable = {
  idHash: string
  sequence: number
  at: number
  kind: string
  state: string | null
  result: string | null
  /** Identifies a notification, so that a repeated one is saved once. */
  key: string | null
  /** Data of a notification, or where the link was sent. */
  data: Json | null
}

export type JourneySessionTable = Columns<StoredJourneySession> & {
  /** The server that runs the step, and until when. Used only if several servers share the database. */
  claimedBy: string | null
  claimedUntil: number | null
}

/** A watch records one run. */
export type WatchedRunTable = { watch: string; realm: string; idHash: string }

export type JourneyRevisionTable = { id: string; content: string; savedAt: number }

export type OauthRecordTable = Columns<OauthRecord> & {
  /** Time of the last poll, for records that clients poll. */
  polledAt: number | null
}

export type OauthClientTable = { realm: string } & Columns<OauthClientRecord>

export type ServiceAccountTable = Columns<ServiceAccount>

export type SecretTable = { name: string; sealed: string }

/** Variables and secrets together, so that no two have the same name. Each lacks the columns of the other kind. */
export type EsvTable = Columns<Omit<EsvVariable, OnlyVariables> & Partial<Pick<EsvVariable, OnlyVariables>>> &
  Columns<Partial<Omit<EsvSecret, keyof EsvVariable>>>

type OnlyVariables = 'expressionType' | 'value'

export type EsvVersionTable = Columns<SecretVersion>

export type MailTable = Columns<QueuedMail>

export type MessageTable = Columns<QueuedMessage>

export type AuditWaitingTable = Columns<WaitingEntry>

export type AuditRowTable = AuditRow

/** Indexed values of rows of the audit book. */
export type AuditIndexTable = { realm: string; field: string; value: string; sequence: number }

/** A single row: both ends of the chain, and the settings of the audit book. */
export type AuditChainTable = {
  id: number
  headSequence: number
  headHash: string
  removedSequence: number
  removedHash: string
  endSignature: string | null
  beginningSignature: string | null
  retentionDays: number
  keepsNodes: number
  chainer: string | null
  chainerUntil: number | null
}

export type CallTable = Columns<QueuedCall>

/** Calls to make when a transaction ends. */
export type CallAtEndTable = Pick<CallTable, 'id' | 'realm' | 'about' | 'body' | 'createdAt'> & {
  transactionHash: string
}

export type WebhookTable = Columns<Omit<Webhook, 'enabled'>> & { isEnabled: number }

export type DeliveryTable = Columns<Omit<Delivery, 'state' | 'nextTryAt'>> & { isDelivered: number }

export type ShortCodeTable = Columns<ShortCode>

export type PushTable = Columns<Push>

export type BackupTable = { id: number; madeAt: number }

export type SaveProbeTable = { slot: number; savedAt: number; padding: string }

export type LimitWindowTable = { key: string; count: number; endsAt: number }

/** Versions of configured things. The content is null if the thing was deleted. */
export type VersionTable = {
  realm: string
  kind: string
  id: string
  number: number
  name: string
  content: Json | null
  /** Of the content, independent of the order of its members. Null for a deletion. */
  hash: string | null
  savedAt: number | null
  savedBy: string | null
  savedById: string | null
  note: string | null
  cause: string
}

export type JourneyDraftTable = {
  realm: string
  name: string
  /** The graph and the nodes. */
  document: Json
  /** The number of a version of the journey. */
  base: number | null
  revision: string
  savedAt: number
  savedBy: string | null
  savedById: string | null
}

export type ConnectionCountTable = Columns<ConnectionCount>

export type Tables = {
  configuration: ConfigurationTable
  realms: RealmTable
  journeys: JourneyTable
  nodes: NodeTable
  scripts: ScriptTable
  customNodeTypes: CustomNodeTypeTable
  realmDocuments: RealmDocumentTable
  identities: IdentityTable
  identityIndex: IdentityIndexTable
  sessions: SessionTable
  transactions: TransactionTable
  verifications: VerificationTable
  approvals: ApprovalTable
  alarms: AlarmTable
  transactionEvents: TransactionEventTable
  journeySessions: JourneySessionTable
  watchedRuns: WatchedRunTable
  journeyRevisions: JourneyRevisionTable
  oauthRecords: OauthRecordTable
  oauthClients: OauthClientTable
  serviceAccounts: ServiceAccountTable
  secrets: SecretTable
  esvs: EsvTable
  esvVersions: EsvVersionTable
  mails: MailTable
  messages: MessageTable
  calls: CallTable
  callsAtEnd: CallAtEndTable
  receivers: WebhookTable
  deliveries: DeliveryTable
  auditWaiting: AuditWaitingTable
  auditRows: AuditRowTable
  auditIndex: AuditIndexTable
  auditChain: AuditChainTable
  limitWindows: LimitWindowTable
  saveProbes: SaveProbeTable
  backups: BackupTable
  versions: VersionTable
  journeyDrafts: JourneyDraftTable
  shortCodes: ShortCodeTable
  pushes: PushTable
  connectionCounts: ConnectionCountTable
}

type Json = string
