import type { Adapter, errors } from 'oidc-provider'
import type { Realm } from '../realms/realm.ts'
import type { KeyRing } from '../secrets/key-ring.ts'
import type { Session } from '../sessions/session.ts'
import { clientAdapter, discardingAdapter, recordAdapter, replayAdapter, revokeAtSignOut } from './adapter.ts'
import { withAdminClients } from './admin-clients.ts'
import { logoutEntry } from './backchannel-logout.ts'
import { clientRights } from './client-document.ts'
import { clientSecretSealer } from './client-secret.ts'
import { contextsAnnounced, issuerOf } from './endpoints.ts'
import type { OauthClientStore, OauthStore } from './oauth-store.ts'
import { withServiceAccounts } from './service-account-grant.ts'
import { type Authorizations, type SignedInSessions, sessionAdapter } from './session-adapter.ts'

type Needs = {
  store: OauthStore
  /** With the values of their placeholders. */
  clients: Pick<OauthClientStore, 'read'>
  keyRing: KeyRing
  sessions: SignedInSessions
  /** Epoch milliseconds. */
  now(): number
}

/** What `oidc-provider` stores, by model. */
export function adapters(
  { realm, baseUrl }: { realm: Realm; baseUrl: string },
  needs: Needs,
  thrown: typeof errors,
): (model: string) => Adapter {
  const { store, keyRing, now, sessions } = needs
  const sealer = keyRing.sealer('oauth record ids')
  const { oauth } = realm.settings
  const clients = withAdminClients(needs.clients, baseUrl, oauth.device.allowsAssistants)
  const limits = { ...oauth, contexts: contextsAnnounced(oauth.contexts) }
  const revokeAll = (authorizations: Authorizations) => {
    const granted = Object.values(authorizations).flatMap(({ grantId }) => grantId ?? [])
    return revokeAtSignOut(realm.path, store, granted)
  }
  const authorized = async (session: Session, id: string) => {
    const client = await clients.read(realm.path, id)
    const uri =
      client && clientRights(client.document)?.document.coreOpenIDClientConfig.backchannel_logout_uri
    if (uri) await sessions.addWebhook(session, logoutEntry(issuerOf(realm.path, baseUrl), id))
  }
  return (model) => {
    if (model === 'Client')
      return withServiceAccounts(
        realm.path,
        clientAdapter(realm.path, clients, clientSecretSealer(keyRing), limits),
      )
    if (model === 'Interaction') return discardingAdapter
    if (model === 'ReplayDetection') {
      const alreadyUsed = () => new thrown.InvalidClientAuth('an assertion works once')
      return replayAdapter(realm.path, { store, sealer, now, alreadyUsed })
    }
    const alreadyUsed = () => new thrown.InvalidGrant('it was used before')
    const records = recordAdapter(realm.path, model, { store, sealer, now, alreadyUsed })
    return model === 'Session'
      ? sessionAdapter(realm.path, records, { sessions, revokeAll, authorized })
      : records
  }
}
