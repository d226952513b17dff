import type { EsvStore, StoredEsvs } from '../../../esvs/esv-store.ts'
import type { OauthClientRecord, OauthClientStore } from '../../../oauth/oauth-store.ts'
import type { Realm } from '../../../realms/realm.ts'
import type { RealmStore } from '../../../realms/realm-store.ts'
import type { Sealer } from '../../../secrets/seal.ts'

/** Where whole tenants are imported to and exported from. */
export type TenantStores = {
  realms: Pick<RealmStore, 'all'>
  esvs: Pick<EsvStore, 'all'>
  oauthClients: Pick<OauthClientStore, 'all'>
  /** From `clientSecretSealer`. */
  clientSecrets: Sealer
}

/** What exports of whole tenants have beside the content of a realm. */
export type TenantContent = {
  realm: Realm
  /** The paths of all realms. */
  realms: readonly string[]
  /** The variables and secrets of all realms. */
  esvs: Pick<StoredEsvs, 'variables' | 'secrets'>
  /** The OAuth2 clients of the realm, and what seals their secrets. */
  clients: readonly OauthClientRecord[]
  clientSecrets: Sealer
}

/** @returns undefined for a realm that doesn't exist. */
export async function readTenant(
  { realms, esvs, oauthClients, clientSecrets }: TenantStores,
  path: string,
): Promise<TenantContent | undefined> {
  const [all, stored, clients] = await Promise.all([realms.all(), esvs.all(), oauthClients.all(path)])
  const realm = all.find((each) => each.path === path)
  if (realm === undefined) return undefined
  return { realm, realms: all.map((each) => each.path), esvs: stored, clients, clientSecrets }
}
