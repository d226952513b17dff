import { join } from 'node:path'
import type { Logger } from 'pino'
import { AuditBook } from '../audit/audit-book.ts'
import { auditSyslog } from '../audit/audit-syslog.ts'
import { OperationError } from '../base/errors.ts'
import type { Config } from '../config.ts'
import { oauthRoutes } from '../http/oauth/oauth.ts'
import { plainPageFrame } from '../http/plain-page.ts'
import { samlRoutes } from '../http/realms/saml.ts'
import type { Route } from '../http/route.ts'
import { buildServer, type ServerOptions } from '../http/server.ts'
import { missingPage, startPage } from '../http/start-page.ts'
import { webPages } from '../http/web-pages.ts'
import { JourneyCounts } from '../journeys/counts/journey-counts.ts'
import { SharedCounts } from '../limits/shared-counts.ts'
import { Passwords } from '../people/passwords/passwords.ts'
import { RealmDirectory } from '../realms/realm-directory.ts'
import { RealmLooks } from '../realms/realm-looks.ts'
import { createScriptEngine } from '../sandbox/create-script-engine.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import type { OpenDatabase, Stores } from '../store/stores.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics/metrics.ts'
import { startTracing } from '../telemetry/traces/start-tracing.ts'
import { accountSecurity } from './account-security.ts'
import { bootstrap } from './bootstrap.ts'
import { subscribeToCluster } from './cluster-subscriptions.ts'
import { watchDescriptors } from './descriptors.ts'
import { gaugesOf } from './gauges.ts'
import { KeyRotation } from './key-rotation.ts'
import { listeningAt } from './listening-at.ts'
import { type LastCleanup, startMaintenance } from './maintenance.ts'
import { outgoingCalls } from './outgoing-calls.ts'
import { type Outside, systemOutside } from './outside.ts'
import { sealStoredSettings } from './sealed-settings.ts'
import { Readiness, shutDown } from './shutdown.ts'
import { warnAtStart } from './start-warnings.ts'
import { publicDocuments } from './valued-documents.ts'
import { wireFeed, wireHelpDesk } from './wiring/help-desk.ts'
import { wireHttp } from './wiring/http.ts'
import { wireJourneys } from './wiring/journeys.ts'
import { wireOauth } from './wiring/oauth.ts'
import { wirePeople } from './wiring/people.ts'
import { type Foundation, openStorage } from './wiring/storage.ts'

export type App = {
  /** URL of the server, context path included. */
  url: string
  /** The administrator's password, if this start generated it. */
  generatedPassword: string | undefined
  close(): Promise<void>
}

/** Output folder of the build of `web/`. */
const builtPages = join(import.meta.dirname, '..', '..', 'web', 'dist')

/** An open server that doesn't listen. */
export type OpenApp = {
  server: Server
  parts: Parts & { stores: Stores }
  generatedPassword: string | undefined
  close(): Promise<void>
}

/** The parts of the server. */
type Parts = ReturnType<typeof wire>

export type OpenOptions = {
  /** Closed with the server. */
  scripts?: ScriptEngine
  /** Replaces the database of the settings. */
  openDatabase?: OpenDatabase | undefined
  /** Whether a server of this version has prepared the data before. */
  isPrepared?: boolean
  /** Adds content to prepared data, before the first request. */
  fill?: ((parts: OpenApp['parts']) => Promise<void>) | undefined
  /** Adds routes, or wraps them. */
  changeRoutes?: ((routes: readonly Route[], parts: OpenApp['parts']) => Route[]) | undefined
  /** Gives a server with these routes, which outlives this app. Default: one that is closed with it. */
  serve?: ((options: AppRoutes) => Server) | undefined
}

type Server = ReturnType<typeof buildServer>

/** What the HTTP server of an app serves, besides the pages. */
export type AppRoutes = ServerOptions & ReturnType<typeof wireHttp>

/**
 * Opens the storage and wires the parts of a server, but starts nothing.
 * @throws OperationError when the data folder or the database can't be used.
 */
export async function openApp(
  config: Config,
  log: Logger,
  outside: Outside = systemOutside,
  {
    scripts = scriptEngineOf(config, outside),
    openDatabase,
    isPrepared = false,
    ...others
  }: OpenOptions = {},
): Promise<OpenApp> {
  const tracing = await startTracing(config.traces, (spans) => log.warn({ spans }, 'exporting spans failed'))
  const storage = await openStorage(config, tracing, outside, openDatabase)
  const { stores } = storage
  try {
    const parts = wire({ ...storage, config, scripts, tracing, log, outside })
    const generatedPassword = isPrepared ? undefined : await prepare(storage, parts)
    subscribeToCluster(stores, parts)
    await others.fill?.(parts)
    const http = wireHttp(parts)
    const routes = others.changeRoutes?.(http.routes, parts) ?? http.routes
    const options = { ...http, routes, tracing, log }
    const framePage = plainPageFrame(builtPages)
    const plugins = [
      oauthRoutes(options.oauth),
      samlRoutes(options.saml),
      webPages(builtPages, { ...parts, ...http, shortName: config.shortName }),
      startPage({ ...http, framePage, realms: parts.realms }),
    ]
    const server =
      others.serve?.(options) ?? buildServer({ ...options, plugins, missingPage: missingPage(framePage) })
    return {
      server,
      parts,
      generatedPassword,
      close: () => shutDown({ ...parts, server: others.serve === undefined ? server : undefined }, log),
    }
  } catch (error) {
    await scripts.close()
    await stores.close()
    throw error
  }
}

/** Brings the data to this version. @returns the administrator's password, if it was generated. */
async function prepare(
  { stores, settings }: Pick<Foundation, 'stores' | 'settings'>,
  { identities, config, keyRotation, auditBook }: Parts,
): Promise<string | undefined> {
  // Servers that start together on an empty database must not create the same things twice.
  return stores.cluster.exclusively(async () => {
    const { isNew, generatedPassword } = await bootstrap(stores, identities, config, stores.cluster.now())
    await sealStoredSettings(stores, settings)
    await keyRotation.maintain()
    await auditBook.sign(isNew)
    return generatedPassword
  })
}

function scriptEngineOf({ maxWaitingScripts }: Config, { now }: Outside): ScriptEngine {
  return createScriptEngine({ limits: { queued: maxWaitingScripts }, now })
}

/**
 * Starts a server: opens its storage, wires its parts and listens.
 * @throws OperationError when the data folder, the database or the port can't be used.
 */
export async function startApp(
  config: Config,
  log: Logger,
  outside = systemOutside,
  options: Pick<OpenOptions, 'fill' | 'changeRoutes'> = {},
): Promise<App> {
  const { server, parts, generatedPassword, close } = await openApp(config, log, outside, options)
  let stopMaintenance = () => {}
  const stopWatching = watchDescriptors(outside.timers, log)
  const closeAll = () => {
    stopWatching()
    stopMaintenance()
    return close()
  }
  try {
    // Before the first request, so that entries from before the restart precede new ones.
    await parts.auditBook.start()
    await listen(server, config)
    parts.mailOutbox.start()
    parts.callOutbox.start()
    parts.messageOutbox.start()
    stopMaintenance = startMaintenance(parts.stores, parts, outside.timers, log)
    const warned = warnAtStart({ ...config, ...parts, ...parts.stores })
    return {
      url: `${config.baseUrl ?? listeningAt(server.server.address())}/am`,
      generatedPassword,
      async close() {
        await parts.readiness.drain(config.stopDelaySeconds)
        await warned
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Creates the parts of the server. Each uses only parts created before. */
function wire(storage: Foundation) {
  const { config, keyRing, scripts, log, outside } = storage
  const stores = accountSecurity(storage.stores, { keyRing, esvs: storage.esvs, log, later: () => parts })
  const { now, publish } = stores.cluster
  const lastCleanup: LastCleanup = { doneAt: undefined, failedAt: undefined }
  const foundation = { ...storage, stores, builtPages, readiness: new Readiness(), lastCleanup }
  const publishConfiguration = () => publish('configuration', '')
  const feed = wireFeed(foundation, () => metrics)
  const passwords = new Passwords({ maxWaiting: config.maxWaitingPasswords, cost: outside.passwordCost })
  const metrics: Metrics = createMetrics(gaugesOf({ feed, passwords, scripts, stores }), (problem) =>
    log.warn(problem),
  )
  observeDatabase(stores, metrics, log)
  const realms = new RealmDirectory(stores.realms, now, publishConfiguration)
  const syslog = auditSyslog(config.auditSyslog, { count: metrics.auditForwarded, log })
  const auditBook = new AuditBook({
    store: stores.audit,
    now,
    log,
    keyRing,
    onChained: syslog.forward,
    changed: publishConfiguration,
  })
  const requestCounts = new SharedCounts(stores.limits, now)
  const journeyCounts = new JourneyCounts(stores.counts)
  const base = {
    ...foundation,
    feed,
    passwords,
    metrics,
    realms,
    realmLooks: new RealmLooks(
      stores.documents,
      stores.configuration,
      publicDocuments(foundation, stores.documents),
    ),
    syslog,
    auditBook,
    requestCounts,
    journeyCounts,
    startedAt: now(),
  }
  const withCalls = { ...base, ...outgoingCalls(base) }
  const withPeople = { ...withCalls, ...wirePeople(withCalls) }
  const withHelpDesk = { ...withPeople, ...wireHelpDesk(withPeople) }
  const withJourneys = { ...withHelpDesk, ...wireJourneys(withHelpDesk) }
  const withOauth = { ...withJourneys, ...wireOauth(withJourneys) }
  const keyRotation = new KeyRotation({ ...withOauth, ...stores, now })
  const parts = { ...withOauth, keyRotation, findRealm: async (path: string) => realms.find(path) }
  return parts
}

/** Problems of addresses, by their code. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it. Choose another port, or end that program.',
  EACCES: 'this user may not use it. Choose a port above 1023.',
  EADDRNOTAVAIL: 'this machine does not have the address.',
}

/** @throws OperationError for an address that can't be used. */
async function listen(
  server: { listen(at: { host: string; port: number }): Promise<string> },
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<void> {
  try {
    await server.listen({ port, host })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = reasons[code]
    if (reason === undefined) throw cause
    throw new OperationError(`Sidegate cannot listen at ${host}:${port}: ${reason}`, { cause })
  }
}

/** Measures the database, and logs one line when it begins to fail and one when it works again. */
function observeDatabase({ health }: Pick<Stores, 'health'>, metrics: Metrics, log: Logger): void {
  health.observe({
    took: metrics.databaseTook,
    failed: metrics.databaseFailed,
    outageBegan: (err) => log.error({ err, problem: err.problem }, 'the database fails, until it is back'),
    outageEnded: (outage) => log.warn(outage, 'the database works again'),
  })
}
