import type { Config } from '../../config.ts'
import { type Advice, adviceOn } from './advice.ts'

/** Sections of the page, in order. */
export const settingGroups = [
  'address',
  'email',
  'connections',
  'storage',
  'keys',
  'limits',
  'shutdown',
  'observation',
] as const

export type SettingGroup = (typeof settingGroups)[number]

/** One setting as the server uses it. It never contains a secret. */
export type SettingInForce = {
  /** The environment variables that set it. */
  variables: string[]
  group: SettingGroup
  title: string
  /** For people. */
  value: string
  isDefault: boolean
  advice: Advice | null
}

type Row = [group: SettingGroup, variables: string, title: string, shown: (config: Config) => string]

/**
 * How each setting is shown. Secrets are shown as set or not set, and of addresses only host and port: everything else of a URL
 * can contain a password.
 */
// biome-ignore format: a table
const rows: readonly Row[] = [
  ['address', 'HOST PORT', 'Listens at', ({ host, port }) => port === 0 ? `${host}, any free port` : `${host}, port ${port}`],
  ['address', 'SIDEGATE_BASE_URL', 'Base address', ({ baseUrl }) => baseUrl ?? 'The loopback name of each request'],
  ['address', 'SIDEGATE_STAFF_URL', 'Host of staff', ({ staffUrl }) => staffUrl ?? 'The same as for callers'],
  ['address', 'SIDEGATE_SHORT_URL', 'Short address', ({ shortUrl, baseUrl }) => shortUrl ?? `${baseUrl ?? 'The base address'}, with /c`],
  ['address', 'SIDEGATE_SHORT_NAME', 'Name at the short address', ({ shortName }) => shortName ?? 'Sidegate'],
  ['address', 'SIDEGATE_TRUSTED_PROXIES', 'Trusted proxies', ({ trustedProxies }) => listed(trustedProxies)],
  ['email', 'SIDEGATE_SMTP_URL', 'Mail server', ({ smtpUrl }) => smtpUrl === undefined ? 'Not set' : mailServer(smtpUrl)],
  ['email', 'SIDEGATE_MAIL_FROM', 'Sender', ({ mailFrom }) => mailFrom],
  ['connections', 'SIDEGATE_HTTP_ALLOW', 'Private hosts for HTTP', ({ httpAllow }) => listed(httpAllow)],
  ['connections', 'SIDEGATE_LDAP_ALLOW', 'Private hosts for LDAP', ({ ldapAllow }) => listed(ldapAllow)],
  ['connections', 'SIDEGATE_RADIUS_ALLOW', 'Private hosts for RADIUS', ({ radiusAllow }) => listed(radiusAllow)],
  ['connections', 'SIDEGATE_SMTP_ALLOW', 'Private hosts for SMTP', ({ smtpAllow }) => listed(smtpAllow)],
  ['storage', 'DATABASE_URL', 'Database', ({ databaseUrl }) => databaseUrl === undefined ? 'SQLite in the data folder' : `PostgreSQL at ${hostOf(databaseUrl)}`],
  ['storage', 'SIDEGATE_DATA', 'Data folder', ({ dataFolder }) => dataFolder],
  ['storage', 'SIDEGATE_DATABASE_CONNECTIONS', 'PostgreSQL connections', ({ databaseConnections }) => number(databaseConnections)],
  ['storage', 'SIDEGATE_SAMPLES', 'Samples in a new data folder', ({ withSamples }) => onOff(withSamples)],
  ['keys', 'SIDEGATE_MASTER_KEY', 'Master key', ({ masterKey }) => masterKey === undefined ? 'The file “keys” in the data folder' : 'From the environment'],
  ['keys', 'SIDEGATE_ADMIN_PASSWORD', 'Password of amadmin', ({ adminPassword }) => adminPassword === undefined ? 'Generated at the first start' : 'Set at every start'],
  ['limits', 'SIDEGATE_MAX_FEEDS', 'Open live feeds', ({ maxFeeds }) => number(maxFeeds)],
  ['limits', 'SIDEGATE_MAX_FEEDS_PER_ADDRESS', 'Open live feeds of one address', ({ maxFeedsPerAddress }) => number(maxFeedsPerAddress)],
  ['limits', 'SIDEGATE_MAX_CONNECTIONS_PER_ADDRESS', 'Connections of one address', ({ maxConnectionsPerAddress }) => number(maxConnectionsPerAddress)],
  ['limits', 'SIDEGATE_MAX_UNANSWERED_JOURNEYS', 'Journeys without an answer', ({ maxUnansweredJourneys }) => number(maxUnansweredJourneys)],
  ['limits', 'SIDEGATE_MAX_WAITING_PASSWORDS', 'Waiting passwords', ({ maxWaitingPasswords }) => number(maxWaitingPasswords)],
  ['limits', 'SIDEGATE_MAX_WAITING_SCRIPTS', 'Waiting script runs', ({ maxWaitingScripts }) => number(maxWaitingScripts)],
  ['shutdown', 'SIDEGATE_STOP_SECONDS', 'Longest shutdown', ({ stopSeconds }) => `${number(stopSeconds)} seconds`],
  ['shutdown', 'SIDEGATE_STOP_DELAY_SECONDS', 'Requests after the signal', ({ stopDelaySeconds }) => `${number(stopDelaySeconds)} seconds`],
  ['observation', 'SIDEGATE_LOG_LEVEL', 'Log level', ({ logLevel }) => logLevel],
  ['observation', 'SIDEGATE_LOG_FORMAT', 'Log format', ({ logFormat }) => logFormat ?? 'Readable on a terminal, otherwise JSON'],
  ['observation', 'SIDEGATE_LOG_API_KEY SIDEGATE_LOG_API_SECRET', 'Logs over REST', ({ logKey }) => onOff(logKey !== undefined)],
  ['observation', 'SIDEGATE_METRICS_PASSWORD', 'Metrics', ({ metricsPassword }) => metricsPassword === undefined ? 'For administrators only' : 'For administrators and the password'],
  ['observation', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'Traces', ({ traces }) => traces === undefined ? 'Off' : `To ${hostOf(traces.endpoint)}`],
  ['observation', 'SIDEGATE_AUDIT_SYSLOG', 'Copies of audit events', ({ auditSyslog }) => auditSyslog === undefined ? 'Off' : `To ${auditSyslog.host}, port ${auditSyslog.port}`],
]

/** All settings in force. @param unset what an empty environment means. */
export function settingsInForce(config: Config, unset: Config): SettingInForce[] {
  const defaults = { ...unset, withSamples: config.isPrivate }
  return rows.map(([group, variables, title, shown]) => {
    const names = variables.split(' ')
    const value = shown(config)
    const isDefault = value === shown(defaults)
    return {
      variables: names,
      group,
      title,
      value,
      isDefault,
      advice: adviceOn(names[0] ?? '', config) ?? null,
    }
  })
}

const number = (value: number): string => value.toLocaleString('en-US')
const onOff = (isOn: boolean): string => (isOn ? 'On' : 'Off')

/** A host or address, with a port or with the size of a range. */
const hostOrRange = /^(?:[\w.-]+(?::\d{1,5})?|\[[\da-f:.]+\](?::\d{1,5})?|[\da-f:.]+(?:\/\d{1,3})?)$/i

/** Any other entry may be part of a URL with a password, which a comma can split. Then the whole list stays hidden. */
function listed(entries: readonly string[]): string {
  if (entries.length === 0) return 'None'
  // rule R13: otherwise lists of hosts are shown with a password that is in them by mistake
  const isShown = entries.every((entry) => hostOrRange.test(entry))
  return isShown ? entries.join(', ') : 'A list that can’t be shown: an entry is no host'
}

/** Host and port of a URL. A password with characters that need encoding can end up in other parts. */
function hostOf(url: string): string {
  const parsed = URL.parse(url)
  // rule R13: otherwise a password with characters that need encoding is shown in part
  if (parsed === null || parsed.hostname === '' || /@/.test(parsed.pathname + parsed.search + parsed.hash)) {
    return 'an address that can’t be shown'
  }
  // rule R13: otherwise settings are shown with the passwords in their addresses
  return parsed.host
}

function mailServer(url: string): string {
  const encryption = url.startsWith('smtps:') ? 'TLS' : 'STARTTLS if offered'
  return `${hostOf(url)}, ${encryption}`
}
