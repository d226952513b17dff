import { randomUUID } from 'node:crypto'
import type { AuditBook } from '../../audit/audit-book.ts'
import { sessionCookie } from '../../engine/server-cookies.ts'
import { offeredChecks } from '../../help-desk/checks/offered-checks.ts'
import { actionsWithoutCheck } from '../../help-desk/checks/unmet-policies.ts'
import { scriptTrials } from '../../http/scripts/script-trial.ts'
import type { JourneyCounts } from '../../journeys/counts/journey-counts.ts'
import { createLinter } from '../../journeys/lint/linter.ts'
import { Revisions } from '../../journeys/revisions.ts'
import type { SharedCounts } from '../../limits/shared-counts.ts'
import { templateNamed } from '../../outbox/email-template.ts'
import type { MessageOutbox } from '../../outbox/message-outbox.ts'
import { PushAnswers } from '../../people/devices/push/push-answers.ts'
import type { MetadataRefresh } from '../../people/providers/saml/metadata-address.ts'
import type { SamlDependencies } from '../../people/providers/saml/saml-sign-in.ts'
import { SpKeyStore } from '../../people/providers/saml/sp-key-store.ts'
import { socialProviders } from '../../people/providers/social/social-providers.ts'
import { AuthIds } from '../../runtime/auth-id.ts'
import { Authentication } from '../../runtime/authenticate.ts'
import { identityUnitOf, trialUnitOf } from '../../runtime/identity-unit-of.ts'
import { RunWatches } from '../../runtime/run-watches.ts'
import { Turns } from '../../runtime/turns.ts'
import { UnansweredJourneys } from '../../runtime/unanswered-journeys.ts'
import type { World } from '../../runtime/world.ts'
import { findIncompatibilities } from '../../sandbox/compatibility.ts'
import { defaultLimits } from '../../sandbox/limits.ts'
import { findNames } from '../../scripts/names/find-names.ts'
import { authorizedKeys } from '../../secrets/authorized-keys.ts'
import { digest } from '../../secrets/digest.ts'
import { KnownBrowsers } from '../../sessions/known-browsers.ts'
import { logoutWebhookNamed } from '../../sessions/logout-webhook.ts'
import { persistentCookies } from '../../sessions/persistent-cookies.ts'
import { measuredScripts } from '../../telemetry/metrics/measured-scripts.ts'
import type { Metrics } from '../../telemetry/metrics/metrics.ts'
import { tracedScripts } from '../../telemetry/traces/traced-scripts.ts'
import { busyScripts } from '../busy-scripts.ts'
import type { outgoingCalls } from '../outgoing-calls.ts'
import { outgoingMail } from '../outgoing-mail.ts'
import { outgoingMessages } from '../outgoing-messages.ts'
import { scriptHosts } from '../script-hosts.ts'
import { tokenScripts } from '../token-scripts.ts'
import { publicDocuments } from '../valued-documents.ts'
import type { wireHelpDesk } from './help-desk.ts'
import type { wirePeople } from './people.ts'
import type { Foundation } from './storage.ts'

type Needs = Foundation &
  ReturnType<typeof outgoingCalls> &
  ReturnType<typeof wirePeople> &
  ReturnType<typeof wireHelpDesk> & {
    metrics: Metrics
    auditBook: AuditBook
    requestCounts: SharedCounts
    journeyCounts: JourneyCounts
    realms: Parameters<typeof outgoingMail>[0]['realms']
  }

/** The parts that run journeys. */
export function wireJourneys(needs: Needs) {
  const { stores } = needs
  const { now } = stores.cluster
  const saml = samlParts(needs)
  const mailOutbox = outgoingMail(needs)
  const messageOutbox = outgoingMessages({ ...needs, mailOutbox })
  const world = worldOf(needs, saml, { mailOutbox, messageOutbox })
  const { revisions, watches, steps, sealer, scripts, templateNamed, unanswered } = world
  const checkScript = (name: string, source: string) => scripts.check(name, source)
  return {
    authentication: new Authentication(world),
    revisions,
    watches,
    steps,
    sealer,
    mailOutbox,
    messageOutbox,
    unanswered,
    pushAnswers: answersOfApps(needs, world, messageOutbox),
    ...{ saml, spKeys: saml.spKeys },
    ...{ configuration: stores.configuration, customNodes: stores.customNodes },
    templateNamed,
    checkScript,
    findIncompatibilities,
    findNames,
    lint: createLinter({
      ...stores,
      placeholders: needs.esvs,
      checkScript,
      findIncompatibilities,
      findNames,
      async deskOf(path) {
        const realm = await stores.realms.read(path)
        if (realm === undefined) return undefined
        const checks = await offeredChecks({ configuration: stores.configuration, revisions }, realm)
        return { checks, actionsWithoutCheck: actionsWithoutCheck(realm.settings.helpDesk, checks) }
      },
    }),
    runOauthScript: tokenScripts({
      scripts: stores.scripts,
      engine: world.scripts,
      scriptHost: world.scriptHost,
      unitOf: trialUnitOf(needs.identities),
      cookieName: world.cookieName,
      log: world.log,
    }),
    tryScript: scriptTrials({
      scripts: stores.scripts,
      engine: scripts,
      scriptLimits: defaultLimits,
      scriptHost: world.scriptHost,
      identityUnit: trialUnitOf(needs.identities),
      saveIdentity: (change) => stores.identities.save(change),
      queueMail: async (realm, mail) => {
        await stores.mails.add(mailOutbox.queued(realm, mail, now()))
        mailOutbox.wake()
      },
    }),
  }
}

function samlParts(needs: Needs) {
  const { stores, keyRing, log } = needs
  const { now } = stores.cluster
  return {
    // Metadata reaches everyone.
    documents: publicDocuments(needs, stores.documents),
    sealer: keyRing.sealer('saml-answers'),
    spKeys: new SpKeyStore({ secrets: stores.secrets, keyRing, now }),
    useUp: (realm: string, id: string, expiresAt: number) =>
      stores.oauth.create({ realm, model: 'SamlAssertion', idHash: digest(id), payload: {}, expiresAt }),
    refreshMetadata: metadataRefresh({ documents: stores.documents, send: needs.httpClient, log, now }),
    now,
  }
}

/** Its module, and with it the XML parser, is loaded when it is first used. */
function metadataRefresh(
  needs: ConstructorParameters<typeof MetadataRefresh>[0],
): MetadataRefresh['refresh'] {
  let started: MetadataRefresh | undefined
  return async (...asked) => {
    const { MetadataRefresh } = await import('../../people/providers/saml/metadata-address.ts')
    started ??= new MetadataRefresh(needs)
    return started.refresh(...asked)
  }
}

function answersOfApps(
  { stores, limits }: Pick<Needs, 'stores' | 'limits'>,
  { pushSealer: sealer }: Pick<World, 'pushSealer'>,
  outbox: Pick<MessageOutbox, 'enrol'>,
): PushAnswers {
  const enrol: MessageOutbox['enrol'] = (realm, device) => outbox.enrol(realm, device)
  return new PushAnswers({ store: stores.pushes, sealer, limits, enrol, now: stores.cluster.now })
}

/** The parts of the server that the runtime uses. */
function worldOf(
  needs: Needs,
  saml: SamlDependencies,
  outboxes: Pick<World, 'mailOutbox' | 'messageOutbox'>,
): World {
  const { config, stores, keyRing, settings, tracing, outside, services } = needs
  const { documents, steps, cluster } = stores
  return {
    now: cluster.now,
    random: outside.random,
    serverId: randomUUID(),
    cookieName: sessionCookie,
    steps,
    revisions: new Revisions({ ...stores, secrets: settings, esvs: needs.esvs, now: cluster.now }),
    journeyCounts: needs.journeyCounts,
    watches: new RunWatches({ sealer: keyRing.sealer('watch-keys'), steps, now: cluster.now }),
    runLimits: outside.runLimits,
    transactions: needs.transactions,
    verifications: needs.verifications,
    approvals: needs.approvals,
    peopleWithRoles: (realm) => stores.identities.withRoles(realm),
    entryCounts: needs.requestCounts,
    limits: needs.limits,
    sessions: needs.sessions,
    unanswered: new UnansweredJourneys(config.maxUnansweredJourneys),
    turns: new Turns(),
    mayVerify: needs.mayVerify,
    readIdentity: needs.readIdentity,
    identityUnit: identityUnitOf(needs.identities),
    guesses: needs.guesses,
    knownBrowsers: new KnownBrowsers(() => keyRing.keys('known-devices')),
    scripts: busyScripts(measuredScripts(tracedScripts(needs.scripts, tracing), needs.metrics)),
    scriptHost: scriptHosts(
      { httpClient: needs.httpClient, esvs: needs.esvs },
      needs.deviceSealer,
      needs.documentsInForce,
    ),
    ...outboxes,
    ...{ pushes: stores.pushes, pushSealer: keyRing.sealer('pushes') },
    auditBook: needs.auditBook,
    templateNamed: (realm, name) => templateNamed(needs.documentsInForce, realm, name),
    sealer: keyRing.sealer('journey-sessions'),
    deviceSealer: needs.deviceSealer,
    persistentCookies: persistentCookies(() => keyRing.keys('persistent-cookies')),
    services,
    hasWebhook: async (realm, name) => (await logoutWebhookNamed(documents, realm, name)) !== undefined,
    social: (realm) => socialProviders({ documents: needs.openDocuments, send: needs.httpClient }, realm),
    saml: async (at) => (await import('../../people/providers/saml/saml-sign-in.ts')).samlSignIn(saml, at),
    authorizedKeys: authorizedKeys(config.dataFolder),
    authIds: new AuthIds(() => keyRing.keys('auth-ids')),
    metrics: needs.metrics,
    tracing,
    log: needs.log,
  }
}
