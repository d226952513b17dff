import { randomUUID } from 'node:crypto'
import type { AuditBook } from '../../audit/audit-book.ts'
import { callAudit } from '../../http/audit/call-audit.ts'
import { countedRequests } from '../../http/guards/request-limit.ts'
import { allRoutes } from '../../http/routes.ts'
import type { JourneyCounts } from '../../journeys/counts/journey-counts.ts'
import type { SharedCounts } from '../../limits/shared-counts.ts'
import { clientSecretSealer } from '../../oauth/client-secret.ts'
import type { Passwords } from '../../people/passwords/passwords.ts'
import { limitedDocuments } from '../../realms/limited-documents.ts'
import type { RealmDirectory } from '../../realms/realm-directory.ts'
import type { RealmLooks } from '../../realms/realm-looks.ts'
import { Starters } from '../../starters/starters.ts'
import type { Metrics } from '../../telemetry/metrics/metrics.ts'
import { checkDescriptors } from '../descriptors.ts'
import type { KeyRotation } from '../key-rotation.ts'
import type { LastCleanup } from '../maintenance.ts'
import type { outgoingCalls } from '../outgoing-calls.ts'
import { serverOverview } from '../overview/server-overview.ts'
import { samlLogout } from '../saml-logout.ts'
import type { Readiness } from '../shutdown.ts'
import type { wireFeed, wireHelpDesk } from './help-desk.ts'
import type { wireJourneys } from './journeys.ts'
import type { wireOauth } from './oauth.ts'
import type { wirePeople } from './people.ts'
import type { Foundation } from './storage.ts'

type Needs = Foundation &
  ReturnType<typeof outgoingCalls> &
  ReturnType<typeof wirePeople> &
  ReturnType<typeof wireHelpDesk> &
  ReturnType<typeof wireJourneys> &
  ReturnType<typeof wireOauth> & {
    feed: ReturnType<typeof wireFeed>
    auditBook: AuditBook
    keyRotation: KeyRotation
    metrics: Metrics
    readiness: Readiness
    realms: RealmDirectory
    realmLooks: RealmLooks
    requestCounts: SharedCounts
    journeyCounts: JourneyCounts
    passwords: Passwords
    lastCleanup: LastCleanup
    startedAt: number
  }

/** Routes and guards for `buildServer`, and what the plugins for OAuth2 and SAML need. */
export function wireHttp(needs: Needs) {
  const { config, stores, log, realms, metrics, sessions, callOutbox, auditBook } = needs
  const { now } = stores.cluster
  const findRealm = async (path: string) => realms.find(path)
  const findSession = (token: string) => sessions.find(token)
  const requests = {
    baseUrl: config.baseUrl,
    staffUrl: config.staffUrl,
    findRealm,
    requestCounts: countedRequests(needs.requestCounts, metrics.limitReached),
  }
  const starters = new Starters({
    stores,
    identities: needs.identities,
    allowsSamplePeople: config.allowsSamplePeople,
    changed: (realm) => realms.forget(realm),
  })
  const routes = allRoutes({
    ...needs,
    ...samlLogout(needs),
    send: needs.httpClient,
    documents: limitedDocuments(stores.documents),
    scripts: stores.scripts,
    versions: stores.versions,
    drafts: stores.drafts,
    counts: stores.counts,
    ...ofServer(needs),
    webhooks: stores.webhooks,
    findRealm,
    wakeCallOutbox: () => callOutbox.wake(),
    newId: randomUUID,
    shortUrl: config.shortUrl,
    starters,
    leads: stores.leads,
    peopleStore: stores.identities,
    address: config,
    async probe() {
      checkDescriptors()
      await stores.health.check()
    },
    audit: callAudit(auditBook, log),
    now,
  })
  return {
    ...requests,
    routes,
    trustedProxies: config.trustedProxies,
    maxConnectionsPerAddress: config.maxConnectionsPerAddress,
    metricsPassword: config.metricsPassword,
    logKey: config.logKey,
    ...{ onBusy: metrics.overloaded, onServed: metrics.requestServed },
    now,
    hasHost: (host: string) => realms.hasHost(host),
    ...{ readIdentity: needs.readIdentity, findSession },
    ...{ verifyBearer: needs.verifyBearer, verifyAdminBearer: needs.verifyAdminBearer },
    oauth: { ...requests, providers: needs.providers, findSession },
    saml: { ...needs.saml, ...samlLogout(needs), ...requests, send: needs.httpClient },
  }
}

/** For the page of the server, and for imports and exports of whole tenants. */
function ofServer(needs: Needs) {
  const { stores, realms, esvChanges, keyRing } = needs
  const { messages, calls, mails, esvs: esvStore, identities } = stores
  const overview = serverOverview({ ...needs, identities })
  const tenantChanged = (realm: string) => {
    realms.forget(realm)
    return esvChanges.imported()
  }
  const tenant = { tenant: { ...stores, clientSecrets: clientSecretSealer(keyRing) }, tenantChanged }
  return { messages, calls, mails, esvStore, timers: needs.outside.timers, overview, ...tenant }
}
