import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../base/json.ts'
import type { RealmSettings } from '../realm.ts'
import { kbaSetting } from './kba.ts'
import { localeSetting } from './locale.ts'
import { managedObjectSetting, managedObjectsSetting, userObjectOf } from './managed-objects.ts'
import { passwordPolicySetting } from './password-policy.ts'
import type { TenantSetting } from './tenant-setting.ts'
import { termsSetting } from './terms.ts'

/**
 * What a configuration document of the vendor's identity management sets in a realm.
 * @param id as below `/openidm/config`, such as `selfservice.kba` or `fieldPolicy/alpha_user`.
 * @returns undefined for a document without settings in this realm.
 */
export function tenantSettingOf(id: string, realm: string): TenantSetting | undefined {
  const people = userObjectOf(realm)
  switch (id) {
    case 'selfservice.kba':
      return kbaSetting
    case 'selfservice.terms':
      return termsSetting
    case `fieldPolicy/${people}`:
      return passwordPolicySetting
    case `managed/${people}`:
      return managedObjectSetting(realm)
    case 'managed':
      return managedObjectsSetting(realm)
    default: {
      const [, locale] = /^uilocale\/(.+)$/.exec(id) ?? []
      return locale === undefined ? undefined : localeSetting(locale)
    }
  }
}

/**
 * A received document as the realm's settings are now: the same object if it already says so.
 * @returns undefined if the settings no longer have anything of it.
 */
export function currentDocument(
  setting: TenantSetting,
  document: JsonObject,
  settings: RealmSettings,
): JsonObject | undefined {
  const applied = setting.apply(settings, document)
  if ('problem' in applied) return document
  const written = setting.write(document, settings)
  return written !== undefined && isDeepStrictEqual(applied.settings, settings) ? document : written
}
