import { randomUUID } from 'node:crypto'
import type { AuditBook } from '../../audit/audit-book.ts'
import { realmTrail } from '../../audit/audit-trail.ts'
import { clearSessionCookie } from '../../http/authentication/session-cookie.ts'
import { rightsOf } from '../../http/guards/rights.ts'
import { plainPageFrame } from '../../http/plain-page.ts'
import { createAdminBearerCheck } from '../../oauth/admin-bearer.ts'
import { createBearerCheck } from '../../oauth/bearer.ts'
import { clientSecretSealer } from '../../oauth/client-secret.ts'
import type { Proof } from '../../oauth/dpop-proof.ts'
import { issuerOf } from '../../oauth/endpoints.ts'
import { createOauthProviders } from '../../oauth/providers.ts'
import { limitedRegistrations } from '../../oauth/registration-rights.ts'
import { keySetOf } from '../../oauth/signing-keys.ts'
import type { RealmDirectory } from '../../realms/realm-directory.ts'
import { askByMail } from '../../runtime/ask-by-mail.ts'
import type { outgoingCalls } from '../outgoing-calls.ts'
import type { wireHelpDesk } from './help-desk.ts'
import type { wireJourneys } from './journeys.ts'
import type { wirePeople } from './people.ts'
import type { Foundation } from './storage.ts'

type Needs = Foundation &
  Pick<ReturnType<typeof outgoingCalls>, 'callOutbox' | 'httpClient' | 'signingKeys'> &
  ReturnType<typeof wirePeople> &
  ReturnType<typeof wireHelpDesk> &
  ReturnType<typeof wireJourneys> & {
    auditBook: AuditBook
    builtPages: string
    realms: Pick<RealmDirectory, 'find'>
  }

/** The OAuth2 provider of each realm, and what its clients can do elsewhere in the server. */
export function wireOauth(needs: Needs) {
  const { stores, keyRing, log, identities, verifications, auditBook, signingKeys } = needs
  const { now } = stores.cluster
  const { valued, subjects } = needs.applications
  const secrets = clientSecretSealer(keyRing)
  const settingsOf = async (realm: string) => (await needs.realms.find(realm))?.settings.oauth
  const clients = limitedRegistrations(valued, settingsOf)
  const verifyBearer = createBearerCheck({ store: stores.oauth, clients, now })
  const verifyAdminBearer = createAdminBearerCheck({
    store: stores.oauth,
    serviceAccounts: stores.serviceAccounts,
    sessions: needs.sessions,
    now,
  })
  const audit = (realm: string) => realmTrail(auditBook, log, { realm, correlationId: randomUUID() })
  const outOfBand = askByMail({
    ...needs,
    pausedUntil: ({ path, settings }, personId) =>
      verifications.pausedUntil(path, personId, settings.helpDesk.pauseMinutes),
    audit,
    now,
  })
  const providers = createOauthProviders({
    ...needs,
    store: stores.oauth,
    clients,
    registry: stores.oauthClients,
    verifyBearer,
    serviceAccounts: stores.serviceAccounts,
    subjects,
    framePage: plainPageFrame(needs.builtPages),
    clearSessionCookie,
    isStaff: async (realm, id) => rightsOf(await needs.readIdentity(realm, id)).may('staff', realm),
    send: needs.httpClient,
    runScript: needs.runOauthScript,
    outOfBand,
    audit,
    findIdentity: (realm, hint) => identities.whoIsMeant(realm, hint),
    checkUserCode: (realm, ...credentials) => identities.checkUserCode(realm, ...credentials),
    onRefusal: (reason) => log.warn({ reason }, 'a CIBA request could not reach the person'),
    now,
    onError: (error) => log.error({ err: error }, 'the OAuth2 provider failed'),
  })
  return {
    signingKeys,
    providers,
    outOfBand,
    onChannelRefusal: (reason: string) => log.warn({ reason }, 'a request of Keycloak was refused'),
    verifyBearer: ({ path }: { path: string }, ...brought: [token: string, proof?: Proof]) =>
      verifyBearer(path, ...brought),
    verifyAdminBearer,
    serviceAccounts: stores.serviceAccounts,
    clients: stores.oauthClients,
    oauthRecords: stores.oauth,
    secrets,
    issuerOf,
    grantKeys: async (realm: string) => keySetOf(await signingKeys.published(realm)),
  }
}
