import { sql } from 'kysely'
import { z } from 'zod'
import type { AuditStore } from '../audit/audit-store.ts'
import { systemNow } from '../base/clock.ts'
import { OperationError } from '../base/errors.ts'
import type { EsvStore } from '../esvs/esv-store.ts'
import type { AlarmStore } from '../help-desk/alarms/alarm-store.ts'
import type { ApprovalStore } from '../help-desk/approvals/approval-store.ts'
import type { VerificationStore } from '../help-desk/checks/verification-store.ts'
import type { LeadStore } from '../help-desk/leads/lead-store.ts'
import type { ShortCodeStore } from '../help-desk/short-codes/short-code-store.ts'
import type { TransactionStore } from '../help-desk/transactions/transaction-store.ts'
import type { WebhookStore } from '../help-desk/webhooks/webhook-store.ts'
import type { ConfigurationStore } from '../journeys/configuration-store.ts'
import type { CountStore } from '../journeys/counts/count-store.ts'
import type { CustomNodeStore } from '../journeys/custom-node-store.ts'
import type { DraftStore } from '../journeys/drafts/draft-store.ts'
import type { VersionStore } from '../journeys/history/version-store.ts'
import type { LimitStore } from '../limits/limit-store.ts'
import type { OauthClientStore, OauthStore } from '../oauth/oauth-store.ts'
import type { ServiceAccountStore } from '../oauth/service-account.ts'
import type { CallStore } from '../outbox/call-store.ts'
import type { MailStore } from '../outbox/mail-store.ts'
import type { MessageStore } from '../outbox/message-store.ts'
import type { PushStore } from '../people/devices/push/push-store.ts'
import type { IdentityStore } from '../people/identity-store.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import type { StepStore } from '../runtime/step-store.ts'
import type { ScriptStore } from '../scripts/script-store.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { DatabaseFigures } from '../telemetry/metrics/gauges.ts'
import { noTracing, type Tracing } from '../telemetry/traces/tracing.ts'
import { alarmStore } from './alarms.ts'
import { approvalStore } from './approvals.ts'
import { auditStore } from './audit.ts'
import { callStore } from './calls.ts'
import type { Cluster } from './cluster.ts'
import { countStore } from './connection-counts.ts'
import { customNodeStore } from './custom-nodes.ts'
import type { Database } from './database.ts'
import { type DatabaseHealth, watchedDatabase } from './database-watch.ts'
import { esvStore } from './esvs.ts'
import { databaseFigures } from './figures.ts'
import { identityStore } from './identities.ts'
import { configurationStore } from './journey-configuration.ts'
import { draftStore } from './journey-drafts.ts'
import { leadStore } from './leads.ts'
import { limitStore } from './limits.ts'
import { mailStore } from './mails.ts'
import { messageStore } from './messages.ts'
import { migrations } from './migrations/migrate.ts'
import { oauthStore } from './oauth.ts'
import { oauthClientStore } from './oauth-clients.ts'
import { pushStore } from './pushes.ts'
import { type Query, query, type Statement } from './query.ts'
import { documentStore } from './realm-documents.ts'
import { realmStore } from './realms.ts'
import { RecentTransactions } from './recent-transactions.ts'
import { scriptStore } from './scripts.ts'
import { secretStore } from './secrets.ts'
import { serviceAccountStore } from './service-accounts.ts'
import { sessionStore } from './sessions.ts'
import { shortCodeStore } from './short-codes.ts'
import { openSqlite } from './sqlite/open.ts'
import { stepStore } from './steps.ts'
import { textOfQuery } from './text-of-query.ts'
import { transactionStore } from './transactions.ts'
import { verificationStore } from './verifications.ts'
import { versionStore } from './versions.ts'
import { webhookStore } from './webhooks.ts'

export type StoreSettings = {
  /** Folder of the SQLite database, created if it doesn't exist. */
  dataFolder: string
  /** URL of a database server to use instead of SQLite. */
  databaseUrl: string | undefined
  /** Maximum number of connections to a database server. Undefined: a default. */
  databaseConnections?: number
}

/** Opens a database that needs no migration. @param now its clock. */
export type OpenDatabase = (now: () => number) => Database

/** All stores of one database. */
export type Stores = {
  transactions: TransactionStore
  verifications: VerificationStore
  leads: LeadStore
  approvals: ApprovalStore
  sessions: SessionStore
  identities: IdentityStore
  realms: RealmStore
  scripts: ScriptStore
  documents: DocumentStore
  configuration: ConfigurationStore
  steps: StepStore
  customNodes: CustomNodeStore
  versions: VersionStore
  drafts: DraftStore
  counts: CountStore
  oauth: OauthStore
  oauthClients: OauthClientStore
  serviceAccounts: ServiceAccountStore
  secrets: SecretStore
  esvs: EsvStore
  mails: MailStore
  messages: MessageStore
  calls: CallStore
  webhooks: WebhookStore
  alarms: AlarmStore
  audit: AuditStore
  limits: LimitStore
  shortCodes: ShortCodeStore
  pushes: PushStore
  /** Whether the database can save. */
  health: DatabaseHealth
  /** The database's kind and version, and the newest migration. */
  about(): Promise<DatabaseFacts>
  /** What an operator watches in the whole database. */
  figures(): Promise<DatabaseFigures>
  /** The current load of the database, for metrics. */
  load(): ReturnType<Database['load']>
  /** Removes replaced and deleted content from the database files. */
  scrub(): Promise<void>
  /** The other servers that use the same database. */
  cluster: Cluster
  /** See {@link Database}. */
  forgetConfiguration(): void
  /** Saves earlier changes, and rejects later ones. */
  close(): Promise<void>
}

/**
 * Opens the database with all its stores and migrates it to the newest version.
 * @param now the clock of SQLite. Servers on PostgreSQL follow the database's. @param open replaces the database of the
 * settings.
 * @throws OperationError if another server uses the data folder, the database can't be used, or the URL's scheme is
 * unknown.
 */
export async function openStores(
  settings: StoreSettings,
  {
    tracing = noTracing,
    now = systemNow,
    open,
  }: { tracing?: Tracing; now?: () => number; open?: OpenDatabase | undefined } = {},
): Promise<Stores> {
  const system = settings.databaseUrl === undefined ? 'sqlite' : 'postgresql'
  const opened = open?.(now) ?? (await openDatabase(settings, now))
  const { database, health } = watchedDatabase(opened)
  return storesOn(tracedDatabase(database, system, tracing), health)
}

async function openDatabase(
  { dataFolder, databaseUrl, databaseConnections = 10 }: StoreSettings,
  now: () => number,
): Promise<Database> {
  if (databaseUrl === undefined) return openSqlite(dataFolder, now)
  if (/^postgres(ql)?:/.test(databaseUrl)) {
    // Loaded on first use, because servers with SQLite don't need it.
    const { openPostgres } = await import('./postgres/open.ts')
    return openPostgres(databaseUrl, databaseConnections)
  }
  // A database URL can contain a password, so the message names only the scheme.
  throw new OperationError(
    `DATABASE_URL has the unsupported scheme ${databaseUrl.split(':', 1)[0]}: use postgres://…, or unset it for SQLite`,
  )
}

function storesOn(opened: Database, health: DatabaseHealth): Stores {
  const recent = opened.cluster.isShared ? undefined : new RecentTransactions()
  const database = recent?.watched(opened) ?? opened
  return {
    transactions: transactionStore(database, recent),
    verifications: verificationStore(database),
    leads: leadStore(database),
    approvals: approvalStore(database),
    alarms: alarmStore(database),
    sessions: sessionStore(database),
    identities: identityStore(database),
    realms: realmStore(database),
    scripts: scriptStore(database),
    documents: documentStore(database),
    configuration: configurationStore(database),
    steps: stepStore(database),
    customNodes: customNodeStore(database),
    versions: versionStore(database),
    drafts: draftStore(database),
    counts: countStore(database),
    oauth: oauthStore(database),
    oauthClients: oauthClientStore(database),
    serviceAccounts: serviceAccountStore(database),
    secrets: secretStore(database),
    esvs: esvStore(database),
    mails: mailStore(database),
    messages: messageStore(database),
    calls: callStore(database),
    webhooks: webhookStore(database),
    audit: auditStore(database),
    limits: limitStore(database),
    shortCodes: shortCodeStore(database),
    pushes: pushStore(database),
    health,
    about: () => databaseFacts(database),
    figures: () => databaseFigures(database),
    load: () => database.load(),
    scrub: () => database.scrub(),
    cluster: database.cluster,
    forgetConfiguration: () => database.forgetConfiguration?.(),
    close: () => database.close(),
  }
}

type DatabaseFacts = { kind: 'sqlite' | 'postgresql'; version: string; migration: string }

const sqliteVersion = query<Record<string, never>>((db) =>
  db.selectNoFrom(sql<string>`sqlite_version()`.as('version')),
)

const postgresVersion = query<Record<string, never>>((db) =>
  db.selectNoFrom(sql<string>`current_setting('server_version')`.as('version')),
)

const versionSchema = z.object({ version: z.string() })

/** The kind and version of the database. An open database has the newest migration. */
async function databaseFacts(database: Database): Promise<DatabaseFacts> {
  const kind = database.cluster.isShared ? 'postgresql' : 'sqlite'
  const [row] = await database.read(kind === 'sqlite' ? sqliteVersion({}) : postgresVersion({}))
  const { version } = versionSchema.parse(row)
  return { kind, version, migration: Object.keys(migrations).at(-1) ?? '' }
}

const known = new WeakMap<Query, string>()

/** The same database with a span for each read and each unit. Spans name operation and table, never values. */
function tracedDatabase(database: Database, system: string, tracing: Tracing): Database {
  if (!tracing.isOn) return database
  const about = (summary: string) => ({ 'db.system.name': system, 'db.query.summary': summary })
  return {
    ...database,
    read(statement) {
      const summary = summaryOf(statement)
      return tracing.span(summary, about(summary), async () => database.read(statement))
    },
    write(unit) {
      const summary = [...new Set(unit.map(summaryOf))].join(', ')
      return tracing.span('save', about(summary), async (span) => {
        const written = await database.write(unit)
        if (written.kind === 'refused') span.setAttributes({ 'sidegate.refused': written.guard })
        return written
      })
    },
  }
}

/** The SQL operation and its table. */
function summaryOf(statement: Statement<string>): string {
  const { query } = statement
  const there = known.get(query)
  if (there !== undefined) return there
  const sql = textOfQuery(statement)
  const [, operation] = /\b(insert|update|delete)\b/.exec(sql) ?? ['', 'select']
  const [, table] = /\b(?:into|update|from) "(\w+)"/.exec(sql) ?? ['', '']
  const summary = `${operation} ${table}`.trim()
  known.set(query, summary)
  return summary
}
