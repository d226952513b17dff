import { isIP } from 'node:net'
import { z } from 'zod'
import { type SyslogAddress, syslogAddress } from './audit/syslog-address.ts'
import { OperationError } from './base/errors.ts'
import { samplerNames, type TraceSettings } from './telemetry/traces/tracing.ts'

export type LogFormat = 'json' | 'pretty'

const flag = z.enum(['on', 'off'], "must be 'on' or 'off'")

/** Scheme, host and port of the server's public URL, without a path. */
const origin = z
  .string()
  .refine((url) => /^https?:\/\/[^/?#@]+\/?$/.test(url) && URL.canParse(url), {
    message: 'must be scheme and host without a path, such as https://sso.example.com',
  })
  .transform((url) => new URL(url).origin)

/** The address that agents read out. The code follows as a fragment, so it must have none. */
const shortUrl = z
  .string()
  .refine((url) => /^https?:\/\/[^?#@\s]+$/.test(url) && URL.canParse(url), {
    message: 'must be an address without query and fragment, such as https://go.example.com/c',
  })
  .transform((url) => url.replace(/\/+$/, ''))

/** A comma-separated list. */
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

/** An address or a range such as `10.0.0.0/8`. */
function isAddressRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

const masterKey = z
  .string()
  .regex(/^[\w-]{43}$/, 'must be 32 random bytes in base64url, without padding')
  .transform((text): Uint8Array => Buffer.from(text, 'base64url'))

const syslog = z.string().transform((text, context): SyslogAddress => {
  const address = syslogAddress(text)
  if (address !== undefined) return address
  context.addIssue('must be udp://host:port, tcp://host:port or tls://host:port')
  return z.NEVER
})

/** A limit. The default suits a machine with a few cores and gigabytes. */
const atMost = (byDefault: number, ceiling: number) =>
  z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(ceiling, `must be ${ceiling} or less`)
    .default(byDefault)

const environmentSchema = z.object({
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  SIDEGATE_DATA: z.string().min(1).default('./data'),
  SIDEGATE_ADMIN_PASSWORD: z.string().min(8, 'must have 8 characters or more').optional(),
  SIDEGATE_SAMPLES: flag.optional(),
  SIDEGATE_BASE_URL: origin.optional(),
  SIDEGATE_STAFF_URL: origin.optional(),
  SIDEGATE_SHORT_URL: shortUrl.optional(),
  SIDEGATE_SHORT_NAME: z.string().trim().min(1).max(80, 'must have at most 80 characters').optional(),
  SIDEGATE_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]/, 'must be smtp://host:port or smtps://host:port, with user:password@ if needed')
    .refine((url) => URL.canParse(url), 'must be a URL')
    .optional(),
  SIDEGATE_MAIL_FROM: z.string().min(3).default('Sidegate <no-reply@localhost>'),
  SIDEGATE_HTTP_ALLOW: list.default([]),
  SIDEGATE_LDAP_ALLOW: list.default([]),
  SIDEGATE_RADIUS_ALLOW: list.default([]),
  SIDEGATE_SMTP_ALLOW: list.default([]),
  SIDEGATE_TRUSTED_PROXIES: list
    .refine((ranges) => ranges.every(isAddressRange), 'must be addresses, or ranges such as 10.0.0.0/8')
    .default([]),
  SIDEGATE_METRICS_PASSWORD: z.string().min(16, 'must have 16 characters or more').optional(),
  SIDEGATE_LOG_API_KEY: z.string().min(8, 'must have 8 characters or more').optional(),
  SIDEGATE_LOG_API_SECRET: z.string().min(16, 'must have 16 characters or more').optional(),
  SIDEGATE_MASTER_KEY: masterKey.optional(),
  SIDEGATE_NEW_MASTER_KEY: masterKey.optional(),
  SIDEGATE_AUDIT_SYSLOG: syslog.optional(),
  SIDEGATE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SIDEGATE_LOG_FORMAT: z.enum(['json', 'pretty']).optional(),
  SIDEGATE_DATABASE_CONNECTIONS: atMost(10, 1000),
  SIDEGATE_MAX_FEEDS: atMost(20_000, 1_000_000),
  SIDEGATE_MAX_FEEDS_PER_ADDRESS: atMost(2000, 1_000_000),
  SIDEGATE_MAX_CONNECTIONS_PER_ADDRESS: atMost(5000, 1_000_000),
  SIDEGATE_MAX_UNANSWERED_JOURNEYS: atMost(200_000, 10_000_000),
  SIDEGATE_MAX_WAITING_PASSWORDS: atMost(1000, 100_000),
  SIDEGATE_MAX_WAITING_SCRIPTS: atMost(2000, 100_000),
  SIDEGATE_STOP_SECONDS: atMost(20, 3600),
  SIDEGATE_STOP_DELAY_SECONDS: z.coerce.number('must be a number of seconds').min(0).max(600).default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be http://host:port or https://host:port' })
    .optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplerNames).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number('must be a number from 0 to 1').min(0).max(1).default(1),
  DATABASE_URL: z.string().min(1).optional(),
})

/** Names of all environment variables. */
export const settingNames: readonly string[] = Object.keys(environmentSchema.shape)

/** The settings, in the units of their names. */
export type Config = {
  port: number
  host: string
  dataFolder: string
  /** The password of `amadmin`, set at every start; unset: generated at the first start. */
  adminPassword: string | undefined
  /** Whether a new database gets sample people and journeys. */
  withSamples: boolean
  /** Whether an administrator can add sample people, whose passwords are published, to a realm. */
  allowsSamplePeople: boolean
  /** Whether only this machine can reach the server. */
  isPrivate: boolean
  /** Scheme and host for links; unset: the loopback name that the client used. */
  baseUrl: string | undefined
  /** Scheme and host of desk, console and administration; unset: the same host as that of callers. */
  staffUrl: string | undefined
  /** The address of the page for short codes; unset: `/c` of the base URL. */
  shortUrl: string | undefined
  /** The name that callers read there, because the page knows no realm; unset: Sidegate. */
  shortName: string | undefined
  /** Hosts with private addresses that scripts and nodes can call: `host` or `host:port`. */
  httpAllow: readonly string[]
  /** Like httpAllow, for directories of realms and LDAP nodes. */
  ldapAllow: readonly string[]
  /** Like httpAllow, for servers of RADIUS nodes. */
  radiusAllow: readonly string[]
  /** Like httpAllow, for mail servers of nodes. The server of `smtpUrl` is always allowed. */
  smtpAllow: readonly string[]
  /** Addresses and ranges of proxies whose `X-Forwarded-*` headers count. */
  trustedProxies: readonly string[]
  /** The mail server, with password; unset: emails wait. */
  smtpUrl: string | undefined
  /** Sender of emails that name none. */
  mailFrom: string
  /** Allows reading metrics; unset: only administrators can. */
  metricsPassword: string | undefined
  /** Allows reading logs over REST; unset: nobody can. */
  logKey: { key: string; secret: string } | undefined
  /** 32 bytes; unset: the key file. */
  masterKey: Uint8Array | undefined
  /** The next master key, for `rotate-keys`. */
  newMasterKey: Uint8Array | undefined
  /** The syslog server for copies of audit events. */
  auditSyslog: SyslogAddress | undefined
  logLevel: string
  /** Unset: readable lines if standard error is a terminal, otherwise JSON. */
  logFormat: LogFormat | undefined
  /** Database connections of this process. */
  databaseConnections: number
  /** Open live feeds and waiting responses of this process. */
  maxFeeds: number
  /** Open live feeds and waiting responses per client address. */
  maxFeedsPerAddress: number
  /** Open connections per client address, trusted proxies excepted. */
  maxConnectionsPerAddress: number
  /** Started journeys without an answer at this process. One network, person or caller can have a tenth of them. */
  maxUnansweredJourneys: number
  /** Passwords that wait to be hashed or checked. */
  maxWaitingPasswords: number
  /** Script runs that wait for a worker. */
  maxWaitingScripts: number
  /** Maximum duration of a shutdown. */
  stopSeconds: number
  /** How long the server keeps taking requests after the signal, so that load balancers notice. */
  stopDelaySeconds: number
  /** Unset: no traces, and their library isn't loaded. */
  traces: TraceSettings | undefined
  databaseUrl: string | undefined
}

/** Cookies don't tell ports apart, so the names must differ. @throws OperationError */
function checkStaffUrl(staffUrl: string | undefined, baseUrl: string | undefined): void {
  if (staffUrl === undefined) return
  if (baseUrl === undefined) {
    throw new OperationError('SIDEGATE_STAFF_URL needs SIDEGATE_BASE_URL, which is then the host of callers')
  }
  // rule R15: otherwise a host for staff has the cookies of callers, with another port
  if (new URL(staffUrl).hostname === new URL(baseUrl).hostname) {
    throw new OperationError('SIDEGATE_STAFF_URL must have another host name than SIDEGATE_BASE_URL')
  }
}

/** @throws OperationError if only one of the two is set. */
function logKeyOf(key: string | undefined, secret: string | undefined): Config['logKey'] {
  if ((key === undefined) !== (secret === undefined)) {
    throw new OperationError('SIDEGATE_LOG_API_KEY and SIDEGATE_LOG_API_SECRET must be set together')
  }
  return key === undefined || secret === undefined ? undefined : { key, secret }
}

/** @throws OperationError that names the variable and what was expected, but not its value. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(set)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new OperationError(`The setting ${issue?.path.join('.')} is invalid: ${issue?.message}`)
  }
  const env = parsed.data
  if (env.SIDEGATE_STOP_DELAY_SECONDS >= env.SIDEGATE_STOP_SECONDS) {
    throw new OperationError('SIDEGATE_STOP_DELAY_SECONDS must be less than SIDEGATE_STOP_SECONDS')
  }
  const reach = reachOf(env)
  return {
    ...reach,
    port: env.PORT,
    dataFolder: env.SIDEGATE_DATA,
    adminPassword: env.SIDEGATE_ADMIN_PASSWORD,
    withSamples: env.SIDEGATE_SAMPLES === undefined ? reach.isPrivate : env.SIDEGATE_SAMPLES === 'on',
    // rule S04: otherwise an administrator adds sample people to a server that others reach, or against its operator’s will
    allowsSamplePeople: reach.isPrivate && env.SIDEGATE_SAMPLES !== 'off',
    ...shortAddressOf(env),
    httpAllow: env.SIDEGATE_HTTP_ALLOW,
    ldapAllow: env.SIDEGATE_LDAP_ALLOW,
    radiusAllow: env.SIDEGATE_RADIUS_ALLOW,
    smtpAllow: env.SIDEGATE_SMTP_ALLOW,
    smtpUrl: env.SIDEGATE_SMTP_URL,
    mailFrom: env.SIDEGATE_MAIL_FROM,
    metricsPassword: env.SIDEGATE_METRICS_PASSWORD,
    logKey: logKeyOf(env.SIDEGATE_LOG_API_KEY, env.SIDEGATE_LOG_API_SECRET),
    masterKey: env.SIDEGATE_MASTER_KEY,
    newMasterKey: env.SIDEGATE_NEW_MASTER_KEY,
    auditSyslog: env.SIDEGATE_AUDIT_SYSLOG,
    logLevel: env.SIDEGATE_LOG_LEVEL,
    logFormat: env.SIDEGATE_LOG_FORMAT,
    databaseConnections: env.SIDEGATE_DATABASE_CONNECTIONS,
    maxFeeds: env.SIDEGATE_MAX_FEEDS,
    maxFeedsPerAddress: env.SIDEGATE_MAX_FEEDS_PER_ADDRESS,
    maxConnectionsPerAddress: env.SIDEGATE_MAX_CONNECTIONS_PER_ADDRESS,
    maxUnansweredJourneys: env.SIDEGATE_MAX_UNANSWERED_JOURNEYS,
    maxWaitingPasswords: env.SIDEGATE_MAX_WAITING_PASSWORDS,
    maxWaitingScripts: env.SIDEGATE_MAX_WAITING_SCRIPTS,
    stopSeconds: env.SIDEGATE_STOP_SECONDS,
    stopDelaySeconds: env.SIDEGATE_STOP_DELAY_SECONDS,
    traces: tracesOf(env),
    databaseUrl: env.DATABASE_URL,
  }
}

/** @throws OperationError */
function shortAddressOf(env: z.infer<typeof environmentSchema>) {
  const { SIDEGATE_SHORT_URL: shortUrl, SIDEGATE_SHORT_NAME: shortName } = env
  if (shortUrl !== undefined && env.SIDEGATE_BASE_URL === undefined) {
    throw new OperationError('SIDEGATE_SHORT_URL needs SIDEGATE_BASE_URL, which callers are led to')
  }
  return { shortUrl, shortName }
}

/** The settings that decide who can reach the server, and whether only this machine can. */
function reachOf(env: z.infer<typeof environmentSchema>) {
  const { HOST: host, SIDEGATE_TRUSTED_PROXIES: trustedProxies } = env
  const { SIDEGATE_BASE_URL: baseUrl, SIDEGATE_STAFF_URL: staffUrl } = env
  checkStaffUrl(staffUrl, baseUrl)
  const reach = { host, baseUrl, staffUrl, trustedProxies }
  return { ...reach, isPrivate: isPrivateServer(reach) }
}

function tracesOf(env: z.infer<typeof environmentSchema>): TraceSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER: sampler } = env
  return endpoint === undefined ? undefined : { endpoint, sampler, share: env.OTEL_TRACES_SAMPLER_ARG }
}

/**
 * Whether only this machine can reach the server, so that sample people with published passwords are harmless. A public base
 * URL or a trusted proxy means that a local proxy forwards requests from elsewhere.
 */
function isPrivateServer({
  host,
  baseUrl,
  staffUrl,
  trustedProxies,
}: Pick<Config, 'host' | 'baseUrl' | 'staffUrl' | 'trustedProxies'>): boolean {
  const isPublic = (url: string | undefined) => url !== undefined && !isLoopback(new URL(url).hostname)
  const isPublicUrl = isPublic(baseUrl) || isPublic(staffUrl)
  // rule S04: otherwise a new data folder gets the sample people although others reach the server
  return isLoopback(host) && !isPublicUrl && trustedProxies.length === 0
}

/** @param host a name or an address; the brackets of an IPv6 address are optional. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || /^127\.\d+\.\d+\.\d+$/.test(bare)
}
