import { defined } from '../../base/defined.ts'
import { notFound } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import type { RealmChange } from '../../journeys/configuration-store.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import { checkedSettings } from './change-settings.ts'
import { changeTenant, type TenantSources } from './identity-management/change-tenant.ts'

type Change = Pick<RealmChange, 'documents' | 'removed'> & { settings: RealmSettings }

/**
 * Changes settings together with documents of the realm, or neither. Repeated after a concurrent change.
 * @param change makes both from the settings of the realm, and reads the documents itself.
 * @throws RequestError 400 for invalid settings, or documents for which there is no room; 409 while other requests keep
 * changing the configuration.
 */
export async function changeSettingsAnd(
  from: TenantSources,
  path: string,
  mark: SaveMark,
  change: (settings: RealmSettings) => Change | Promise<Change>,
): Promise<Change> {
  const { planned } = await changeTenant(from, mark, async () => {
    // Not the cached realm, which can be older than the version of the configuration.
    const realm = (await from.realms.all()).find((one) => one.path === path)
    if (realm === undefined) throw notFound()
    const { settings: requested, documents, removed } = await change(realm.settings)
    const settings = checkedSettings(realm.settings, requested)
    const isSame = requested === realm.settings
    return {
      changes: [
        { path, documents, ...defined({ removed, realm: isSame ? undefined : { ...realm, settings } }) },
      ],
      planned: { settings, documents },
    }
  })
  return planned
}
