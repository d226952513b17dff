import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { OperationError } from '../../base/errors.ts'
import { configuration } from './0001-configuration.ts'
import { people } from './0002-people.ts'
import { transactions } from './0003-transactions.ts'
import { journeySessions } from './0004-journey-sessions.ts'
import { oauth } from './0005-oauth.ts'
import { realmDocuments } from './0006-realm-documents.ts'
import { mails } from './0007-mails.ts'
import { journeySaves } from './0008-journey-saves.ts'
import { verifications } from './0009-verifications.ts'
import { audit } from './0010-audit.ts'
import { newestSessions } from './0011-newest-sessions.ts'
import { createdAt } from './0012-created-at.ts'
import { calls } from './0013-calls.ts'
import { watchedRuns } from './0014-watched-runs.ts'
import { runsOfTransactions } from './0015-runs-of-transactions.ts'
import { checks } from './0016-checks.ts'
import { clientRequests } from './0017-client-requests.ts'
import { aliases } from './0018-aliases.ts'
import { mailChangedAt } from './0019-mail-changed-at.ts'
import { stepClaims } from './0020-step-claims.ts'
import { receivers } from './0021-receivers.ts'
import { limits } from './0022-limits.ts'
import { unansweredJourneys } from './0023-unanswered-journeys.ts'
import { accountChanges } from './0025-account-changes.ts'
import { auditSignatures } from './0026-audit-signatures.ts'
import { confirmedChecks } from './0027-confirmed-checks.ts'
import { globalTemplates } from './0031-global-templates.ts'
import { sessionsEndedAt } from './0032-sessions-ended-at.ts'
import { versions } from './0033-versions.ts'
import { journeyDrafts } from './0034-journey-drafts.ts'
import { auditCorrelation } from './0035-audit-correlation.ts'
import { assignee } from './0036-assignee.ts'
import { approvals } from './0037-approvals.ts'
import { shortCodes } from './0038-short-codes.ts'
import { messages } from './0039-messages.ts'
import { requirements } from './0040-requirements.ts'
import { wall } from './0041-wall.ts'
import { offers } from './0042-offers.ts'
import { connectionCounts } from './0043-connection-counts.ts'
import { rejectionsRead } from './0044-rejections-read.ts'
import { alarms } from './0045-alarms.ts'
import { outboxProblems } from './0047-outbox-problems.ts'
import { serviceAccounts } from './0048-service-accounts.ts'
import { esvs } from './0049-esvs.ts'
import { recordsOfPeople } from './0056-records-of-people.ts'
import { keptOnce } from './0058-kept-once.ts'
import { registeredClients } from './0060-registered-clients.ts'
import { pushes } from './0061-pushes.ts'
import { reports } from './0062-reports.ts'
import { sessionOrigin } from './0066-session-origin.ts'
import { usedKeys } from './0067-used-keys.ts'
import { saveProbes } from './0068-save-probes.ts'
import { realmsCreatedAt } from './0069-realms-created-at.ts'
import { auditTurn } from './0070-audit-turn.ts'
import { oldestUnsent } from './0071-oldest-unsent.ts'
import { backups } from './0072-backups.ts'

/** Every migration by name, in order. A released migration never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-configuration': configuration,
  '0002-people': people,
  '0003-transactions': transactions,
  '0004-journey-sessions': journeySessions,
  '0005-oauth': oauth,
  '0006-realm-documents': realmDocuments,
  '0007-mails': mails,
  '0008-journey-saves': journeySaves,
  '0009-verifications': verifications,
  '0010-audit': audit,
  '0011-newest-sessions': newestSessions,
  '0012-created-at': createdAt,
  '0013-calls': calls,
  '0014-watched-runs': watchedRuns,
  '0015-runs-of-transactions': runsOfTransactions,
  '0016-checks': checks,
  '0017-client-requests': clientRequests,
  '0018-aliases': aliases,
  '0019-mail-changed-at': mailChangedAt,
  '0020-step-claims': stepClaims,
  '0021-receivers': receivers,
  '0022-limits': limits,
  '0023-unanswered-journeys': unansweredJourneys,
  '0025-account-changes': accountChanges,
  '0026-audit-signatures': auditSignatures,
  '0027-confirmed-checks': confirmedChecks,
  '0031-global-templates': globalTemplates,
  '0032-sessions-ended-at': sessionsEndedAt,
  '0033-versions': versions,
  '0034-journey-drafts': journeyDrafts,
  '0035-audit-correlation': auditCorrelation,
  '0036-assignee': assignee,
  '0037-approvals': approvals,
  '0038-short-codes': shortCodes,
  '0039-messages': messages,
  '0040-requirements': requirements,
  '0041-wall': wall,
  '0042-offers': offers,
  '0043-connection-counts': connectionCounts,
  '0044-rejections-read': rejectionsRead,
  '0045-alarms': alarms,
  '0047-outbox-problems': outboxProblems,
  '0048-service-accounts': serviceAccounts,
  '0049-esvs': esvs,
  '0056-records-of-people': recordsOfPeople,
  '0058-kept-once': keptOnce,
  '0060-registered-clients': registeredClients,
  '0061-pushes': pushes,
  '0062-reports': reports,
  '0066-session-origin': sessionOrigin,
  '0067-used-keys': usedKeys,
  '0068-save-probes': saveProbes,
  '0069-realms-created-at': realmsCreatedAt,
  '0070-audit-turn': auditTurn,
  '0071-oldest-unsent': oldestUnsent,
  '0072-backups': backups,
}

/**
 * Counts the releases that changed the data. Servers of a release also run on data of the next one, because the migrations that
 * the next one adds are named `…after-` and this number if they only add what servers of this release don't notice.
 */
const dataRelease = 1

/**
 * Migrates a database to the newest version. Does nothing if it already has that version, or that of the next release.
 * @param last for an empty database: the migration to stop at.
 * @throws OperationError for data that this version can't use.
 */
export async function migrate<Tables>(db: Kysely<Tables>, last?: string): Promise<void> {
  const later = await laterMigrations(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations, ...later }) },
  })
  const { error, results = [] } = await (last === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(last))
  if (error === undefined) return
  const failed = results.find(({ status }) => status === 'Error')
  const reason = error instanceof Error ? error.message : String(error)
  throw new OperationError(
    `The database cannot be migrated (${failed?.migrationName ?? 'before the first'}): ${reason}`,
    {
      cause: error,
    },
  )
}

/** Migrations of the next release that the database has, as members that do nothing. */
async function laterMigrations<Tables>(db: Kysely<Tables>): Promise<Record<string, Migration>> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return {}
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const later = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name))
  if (!later.every((name) => name.endsWith(`.after-${dataRelease}`))) {
    throw new OperationError(
      `The data is of a newer version of Sidegate: it has the migration ${later.at(-1)}, and this version knows those up to ${Object.keys(migrations).at(-1)}. Nothing was changed. Start the newer version, or restore the backup from before the upgrade`,
    )
  }
  return Object.fromEntries(later.map((name) => [name, { up: async () => undefined }]))
}
