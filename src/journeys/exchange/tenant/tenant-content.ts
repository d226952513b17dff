import type { EsvStore, StoredEsvs } from '../../../esvs/esv-store.ts'
import type { Realm } from '../../../realms/realm.ts'
import type { RealmStore } from '../../../realms/realm-store.ts'

/** Where whole tenants are imported to and exported from. */
export type TenantStores = { realms: Pick<RealmStore, 'read'>; esvs: Pick<EsvStore, 'all'> }

/** What exports of whole tenants have beside the content of a realm. */
export type TenantContent = {
  realm: Realm
  /** The variables and secrets of all realms. */
  esvs: Pick<StoredEsvs, 'variables' | 'secrets'>
}

/** @returns undefined for a realm that doesn't exist. */
export async function readTenant(
  { realms, esvs }: TenantStores,
  path: string,
): Promise<TenantContent | undefined> {
  const [realm, stored] = await Promise.all([realms.read(path), esvs.all()])
  return realm && { realm, esvs: stored }
}
