import type { EsvStore, StoredEsvs } from '../../../esvs/esv-store.ts'
import type { Realm } from '../../../realms/realm.ts'
import type { RealmStore } from '../../../realms/realm-store.ts'

/** Where whole tenants are imported to and exported from. */
export type TenantStores = { realms: Pick<RealmStore, 'all'>; esvs: Pick<EsvStore, 'all'> }

/** What exports of whole tenants have beside the content of a realm. */
export type TenantContent = {
  realm: Realm
  /** The paths of all realms. */
  realms: readonly string[]
  /** The variables and secrets of all realms. */
  esvs: Pick<StoredEsvs, 'variables' | 'secrets'>
}

/** @returns undefined for a realm that doesn't exist. */
export async function readTenant(
  { realms, esvs }: TenantStores,
  path: string,
): Promise<TenantContent | undefined> {
  const [all, stored] = await Promise.all([realms.all(), esvs.all()])
  const realm = all.find((each) => each.path === path)
  return realm && { realm, realms: all.map((each) => each.path), esvs: stored }
}
