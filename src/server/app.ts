import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { AuditBook } from '../audit/audit-book.ts'
import { auditSyslog } from '../audit/audit-syslog.ts'
import { realmTrail } from '../audit/audit-trail.ts'
import type { Config } from '../config.ts'
import { sessionCookie } from '../engine/server-cookies.ts'
import { Verifications } from '../help-desk/checks/verifications.ts'
import { createLiveFeed, withListener } from '../help-desk/transactions/live-feed.ts'
import { Transactions } from '../help-desk/transactions/transactions.ts'
import { callAudit } from '../http/audit/call-audit.ts'
import { clearSessionCookie } from '../http/authentication/session-cookie.ts'
import { countedRequests } from '../http/guards/request-limit.ts'
import { mayVerifyBy, rightsOf } from '../http/guards/rights.ts'
import { oauthRoutes } from '../http/oauth/oauth.ts'
import { plainPageFrame } from '../http/plain-page.ts'
import { samlRoutes } from '../http/realms/saml.ts'
import { allRoutes } from '../http/routes.ts'
import { scriptTrials } from '../http/scripts/script-trial.ts'
import { buildServer } from '../http/server.ts'
import { webPages } from '../http/web-pages.ts'
import { createLinter } from '../journeys/lint/linter.ts'
import { Revisions } from '../journeys/revisions.ts'
import { Guesses } from '../limits/guesses.ts'
import { JointCounts } from '../limits/joint-counts.ts'
import { Limits } from '../limits/limits.ts'
import { createBearerCheck } from '../oauth/bearer.ts'
import { clientSecretSealer } from '../oauth/client-secret.ts'
import { issuerOf } from '../oauth/endpoints.ts'
import { createOauthProviders } from '../oauth/providers.ts'
import { keySetOf, SigningKeyStore } from '../oauth/signing-keys.ts'
import { templateNamed } from '../outbox/email-template.ts'
import { RegisteredDevices } from '../people/devices/registered-devices.ts'
import { LinkedIdentities } from '../people/directories/linked-identities.ts'
import { Identities } from '../people/identities.ts'
import { personOf } from '../people/managed-object.ts'
import { Passwords } from '../people/passwords/passwords.ts'
import { samlSignIn } from '../people/providers/saml/saml-sign-in.ts'
import { socialProviders } from '../people/providers/social/social-providers.ts'
import { passwordPolicyOf } from '../realms/realm.ts'
import { RealmDirectory } from '../realms/realm-directory.ts'
import { openedDocuments } from '../realms/sealed-documents.ts'
import { askByMail } from '../runtime/ask-by-mail.ts'
import { AuthIds } from '../runtime/auth-id.ts'
import { Authentication } from '../runtime/authentication.ts'
import { identityUnitOf, trialUnitOf } from '../runtime/identity-unit-of.ts'
import { RunWatches } from '../runtime/run-watches.ts'
import { UnansweredJourneys } from '../runtime/unanswered-journeys.ts'
import type { World } from '../runtime/world.ts'
import { findIncompatibilities } from '../sandbox/compatibility.ts'
import { createScriptEngine } from '../sandbox/create-script-engine.ts'
import { defaultLimits } from '../sandbox/limits.ts'
import type { ScriptEngine } from '../sandbox/script-engine.ts'
import { authorizedKeys } from '../secrets/authorized-keys.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { openKeys } from '../secrets/open-keys.ts'
import { KnownDevices } from '../sessions/known-devices.ts'
import { persistentCookies } from '../sessions/persistent-cookies.ts'
import { Sessions } from '../sessions/sessions.ts'
import { webhookNamed } from '../sessions/webhook.ts'
import { webhookCalls } from '../sessions/webhook-calls.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { measuredScripts } from '../telemetry/metrics/measured-scripts.ts'
import { createMetrics } from '../telemetry/metrics/metrics.ts'
import { startTracing } from '../telemetry/traces/start-tracing.ts'
import { tracedScripts } from '../telemetry/traces/traced-scripts.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'
import { accountSecurity } from './account-security.ts'
import { firstStart } from './bootstrap.ts'
import { busyScripts } from './busy-scripts.ts'
import { listenToNeighbours } from './cluster-subscriptions.ts'
import { gaugesOf } from './gauges.ts'
import { KeyRotation } from './key-rotation.ts'
import { listeningAt } from './listening-at.ts'
import { tidy } from './maintenance.ts'
import { outgoingCalls } from './outgoing-calls.ts'
import { outgoingMail } from './outgoing-mail.ts'
import { scriptHosts } from './script-hosts.ts'
import { sealStoredSettings, settingsSealer, withSealedSettings } from './sealed-settings.ts'
import { withSharedConfiguration } from './shared-configuration.ts'
import { Readiness, stopParts } from './shutdown.ts'
import { warnAtStart } from './start-warnings.ts'

export type App = {
  /** Where the server listens, context path included. */
  url: string
  /** The administrator's password, when this start made it up. */
  generatedPassword: string | undefined
  close(): Promise<void>
}

/** Where the build of `web/` puts the pages. */
const builtPages = join(import.meta.dirname, '..', '..', 'web', 'dist')

/**
 * The composition root: opens what is stored, makes the domains, and lets them be reached over HTTP.
 * @throws OperationError when the data folder or the port can't be used.
 */
export async function startApp(config: Config, log: Logger): Promise<App> {
  const tracing = await startTracing(config.traces, (spans) => log.warn({ spans }, 'spans were not taken'))
  const opened = await openStores(config, tracing)
  const scripts = createScriptEngine({ limits: { queued: config.maxWaitingScripts } })
  try {
    const keyRing = await openKeys({ ...config, secrets: opened.secrets, now: opened.neighbours.now })
    const sealer = settingsSealer(keyRing)
    const stores = withSharedConfiguration(withSealedSettings(opened, sealer))
    const domains = makeDomains(config, stores, keyRing, scripts, tracing, log)
    // Servers that start at once on an empty database make what must be there once.
    const { generatedPassword } = await stores.neighbours.alone(async () => {
      const made = await firstStart(stores, domains.identities, config)
      await sealStoredSettings(stores, sealer)
      await domains.keyRotation.tidy()
      await domains.auditBook.sign(made.isNew)
      return made
    })
    listenToNeighbours(stores.neighbours, domains)
    const server = buildServer({ ...domains.http, tracing, log })
    await server.listen({ port: config.port, host: config.host })
    await domains.auditBook.start()
    domains.courier.start()
    domains.messenger.start()
    const stopTidying = tidy(stores, domains, log)
    const warned = warnAtStart({
      ...stores,
      adminPassword: config.adminPassword,
      passwords: domains.passwords,
      log,
    })
    return {
      url: `${config.baseUrl ?? listeningAt(server.server.address())}/am`,
      generatedPassword,
      async close() {
        await domains.readiness.leave(config.stopDelaySeconds)
        await warned
        await stopParts({ ...domains, server, scripts, stores, stopTidying, tracing }, log)
      },
    }
  } catch (error) {
    await scripts.close()
    await opened.close()
    throw error
  }
}

function makeDomains(
  config: Config,
  plainStores: Stores,
  keyRing: StoredKeyRing,
  scripts: ScriptEngine,
  tracing: Tracing,
  log: Logger,
) {
  const later = () => ({ auditBook, courier, messenger, findRealm })
  const stores = accountSecurity(plainStores, { keyRing, log, later })
  // The one clock of the server, in epoch milliseconds.
  const { now, tell } = stores.neighbours
  const tellOfConfiguration = () => tell('configuration', '')
  const feed = createLiveFeed((idHash) => tell('transaction', idHash), {
    all: config.maxFeeds,
    perAddress: config.maxFeedsPerAddress,
    refused: (problem) => metrics.limitReached(problem),
  })
  const realms = new RealmDirectory(stores.realms, now, tellOfConfiguration)
  const findRealm = (path: string) => realms.find(path)
  const passwords = new Passwords({ maxWaiting: config.maxWaitingPasswords })
  const metrics = createMetrics(gaugesOf({ feed, passwords, scripts, stores }), (problem) =>
    log.warn(problem),
  )
  const policyOf = async (path: string) => passwordPolicyOf(await findRealm(path))
  const calls = outgoingCalls({ config, stores, realms, keyRing, log, tracing })
  const { httpClient, isBreached, messenger, receiverSealer, directoryOf, outside } = calls
  const people = new LinkedIdentities(stores.identities, directoryOf, now)
  const limits = new Limits(stores.limits, now)
  const guesses = new Guesses(limits)
  const identities = new Identities(people, passwords, now, guesses, policyOf, directoryOf, isBreached)
  const readIdentity = (realm: string, id: string) => stores.identities.read(realm, id)
  const isActive = async (realm: string, id: string) => (await readIdentity(realm, id))?.isActive === true
  const settings = settingsSealer(keyRing)
  const openDocuments = openedDocuments(stores.documents, settings)
  const sessions = new Sessions(stores.sessions, isActive, now, {
    callsOf: webhookCalls({ documents: openDocuments, messenger, log }),
    wake: () => messenger.wake(),
  })
  const findSession = (token: string) => sessions.find(token)
  // Webhooks may be waiting for it, too.
  const told = withListener(feed, () => messenger.wake())
  const transactions = new Transactions(stores.transactions, told, now, (kind) => {
    metrics.transaction(kind)
    if (kind === 'create') messenger.wake()
  })
  const requestCounts = new JointCounts(stores.limits, now)
  const counted = countedRequests(requestCounts, metrics.limitReached)
  const forRequests = { baseUrl: config.baseUrl, findRealm, requestCounts: counted }
  const verifications = new Verifications({
    store: stores.verifications,
    transactions,
    sealer: keyRing.sealer('verification-codes'),
    limits,
    now,
  })
  const { configuration, customNodes, steps } = stores
  const secrets = { open: settings.open, named: outside.web.secret }
  const revisions = new Revisions({ ...stores, secrets, now })
  const sealer = keyRing.sealer('journey-sessions')
  const watches = new RunWatches({ sealer: keyRing.sealer('watch-keys'), steps, now })
  const courier = outgoingMail({ config, stores, keyRing, realms, transactions, tracing, log })
  const saml = { documents: stores.documents, sealer: keyRing.sealer('saml-answers'), now }
  const deviceSealer = keyRing.sealer('devices')
  const syslog = auditSyslog(config.auditSyslog, { count: metrics.auditForwarded, log })
  const auditBook = new AuditBook({
    store: stores.audit,
    now,
    log,
    keyRing,
    onChained: syslog.forward,
    changed: tellOfConfiguration,
  })
  const world: World = {
    now,
    serverId: randomUUID(),
    cookieName: sessionCookie,
    steps,
    revisions,
    watches,
    transactions,
    verifications,
    limits,
    entryCounts: requestCounts,
    sessions,
    unanswered: new UnansweredJourneys(config.maxUnansweredJourneys),
    ...{ mayVerify: mayVerifyBy(readIdentity), readIdentity },
    identityUnit: identityUnitOf(identities),
    guesses,
    knownDevices: new KnownDevices(() => keyRing.keys('known-devices')),
    scripts: busyScripts(measuredScripts(tracedScripts(scripts, tracing), metrics)),
    scriptHost: scriptHosts(config, deviceSealer, stores.documents, tracing),
    courier,
    auditBook,
    templateNamed: (realm, name) => templateNamed(stores.documents, realm, name),
    hasWebhook: async (realm, name) => (await webhookNamed(stores.documents, realm, name)) !== undefined,
    sealer,
    deviceSealer,
    persistentCookies: persistentCookies(() => keyRing.keys('persistent-cookies')),
    outside,
    social: (realm) => socialProviders({ documents: openDocuments, send: httpClient }, realm),
    saml: (at) => samlSignIn(saml, at),
    authorizedKeys: authorizedKeys(config.dataFolder),
    authIds: new AuthIds(() => keyRing.keys('auth-ids')),
    metrics,
    tracing,
    log,
  }
  const authentication = new Authentication(world)
  const checkScript = (name: string, source: string) => world.scripts.check(name, source)
  const verifyBearer = createBearerCheck({ store: stores.oauth, clients: stores.oauthClients, now })
  const findPerson = async (...whom: Parameters<typeof identities.find>) => {
    const identity = await identities.find(...whom)
    return identity && personOf(identity)
  }
  const signingKeys = new SigningKeyStore({
    secrets: stores.secrets,
    keyRing,
    now,
    changed: tellOfConfiguration,
  })
  const keyRotation = new KeyRotation({ ...stores, keyRing, signingKeys, now, log })
  const mailChangedAt = async (realm: string, id: string) => (await readIdentity(realm, id))?.mailChangedAt
  const outOfBand = askByMail({
    transactions,
    revisions,
    courier,
    messenger,
    limits,
    readIdentity,
    pausedUntil: ({ path, settings }, personId) =>
      verifications.pausedUntil(path, personId, settings.helpDesk.pauseMinutes),
    templateNamed: world.templateNamed,
    mailChangedAt,
    audit: (realm) => realmTrail(auditBook, log, { realm, correlationId: randomUUID() }),
    now,
  })
  const providers = createOauthProviders({
    store: stores.oauth,
    clients: stores.oauthClients,
    keyRing,
    signingKeys,
    sessions,
    readIdentity,
    framePage: plainPageFrame(builtPages),
    forgetCookie: clearSessionCookie,
    outOfBand,
    findIdentity: (realm, hint) => identities.hinted(realm, hint),
    checkUserCode: (realm, ...given) => identities.checkUserCode(realm, ...given),
    onHindrance: (reason) => log.warn({ reason }, 'an application could not have somebody asked'),
    now,
    onError: (error) => log.error({ err: error }, 'the OAuth2 provider failed'),
  })
  const readiness = new Readiness()
  const routes = allRoutes({
    authentication,
    transactions,
    verifications,
    limits,
    grantKeys: async (realm) => keySetOf(await signingKeys.published(realm)),
    issuerOf,
    feed,
    revisions,
    steps,
    watches,
    sealer,
    sessions,
    identities,
    directoryOf,
    linkedPeople: people,
    configuration,
    customNodes,
    documents: stores.documents,
    scripts: stores.scripts,
    realms,
    clients: stores.oauthClients,
    oauthRecords: stores.oauth,
    secrets: clientSecretSealer(keyRing),
    signingKeys,
    keyRing,
    keyRotation,
    findRealm,
    findPerson,
    readIdentity,
    rightsOf: async ({ realm, identityId }) => rightsOf(await readIdentity(realm, identityId)),
    courier,
    mails: stores.mails,
    receivers: stores.receivers,
    receiverSealer,
    wakeMessenger: () => messenger.wake(),
    devices: new RegisteredDevices({ identities, sealer: world.deviceSealer }),
    templateNamed: world.templateNamed,
    mayVerify: world.mayVerify,
    mailChangedAt,
    checkScript,
    findIncompatibilities,
    tryScript: scriptTrials({
      scripts: stores.scripts,
      engine: world.scripts,
      scriptLimits: defaultLimits,
      scriptHost: world.scriptHost,
      identityUnit: trialUnitOf(identities),
      saveIdentity: (change) => stores.identities.save(change),
      queueMail: async (realm, mail) => {
        await stores.mails.add(courier.queued(realm, mail, now()))
        courier.wake()
      },
    }),
    lint: createLinter({ ...stores, checkScript, findIncompatibilities }),
    newId: randomUUID,
    probe: async () => void (await configuration.version()),
    readiness,
    audit: callAudit(auditBook, log),
    auditBook,
    metrics,
    now,
  })
  return {
    readiness,
    identities,
    passwords,
    feed,
    realms,
    signingKeys,
    courier,
    messenger,
    sessions,
    auditBook,
    syslog,
    keyRotation,
    requestCounts,
    http: {
      ...forRequests,
      routes,
      trustedProxies: config.trustedProxies,
      maxConnectionsPerAddress: config.maxConnectionsPerAddress,
      metricsPassword: config.metricsPassword,
      onBusy: metrics.overloaded,
      now,
      hasHost: (host: string) => realms.hasHost(host),
      readIdentity,
      findSession,
      verifyBearer: (realm: { path: string }, token: string) => verifyBearer(realm.path, token),
      plugins: [
        oauthRoutes({ providers, ...forRequests, findSession }),
        samlRoutes({ ...saml, ...forRequests, send: httpClient }),
        webPages(builtPages),
      ],
    },
  }
}
