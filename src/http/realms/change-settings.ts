import { maxAttempts, pauseBefore } from '../../base/contention.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import { linkBaseOf } from '../../realms/links.ts'
import { type Realm, type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { invalidAttribute, parseAttributes } from '../configuration-resource.ts'
import { refuseUnknownStandIns } from './stand-in-change.ts'
import { refuseUnlistedActions } from './unlisted-actions.ts'

/**
 * Changes settings, and again after a concurrent change of the realm, so that no change is lost.
 * @param change makes the new settings from those of the realm.
 * @throws RequestError 400 for invalid settings, 409 while other requests keep changing the realm.
 */
export async function changeSettings(
  realms: Pick<RealmStore, 'read' | 'replace'>,
  realm: Realm,
  change: (settings: RealmSettings) => RealmSettings | Promise<RealmSettings>,
  mark: SaveMark,
): Promise<RealmSettings> {
  let found: Realm | undefined = realm
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (found === undefined) throw notFound()
    const settings = checkedSettings(found.settings, await change(found.settings))
    if (await realms.replace(found, { ...found, settings }, mark)) return settings
    await pauseBefore(attempt + 1)
    found = await realms.read(realm.path)
  }
  throw contended()
}

/**
 * Saves settings that were made from those of the realm.
 * @throws RequestError 400 for invalid settings, 409 if another request changed the realm meanwhile.
 */
export async function saveSettings(
  realms: Pick<RealmStore, 'replace'>,
  realm: Realm,
  requested: RealmSettings,
  mark: SaveMark,
): Promise<RealmSettings> {
  const settings = checkedSettings(realm.settings, requested)
  if (await realms.replace(realm, { ...realm, settings }, mark)) return settings
  throw contended()
}

/** Checks new settings of a realm. @throws RequestError 400. */
export function checkedSettings(before: RealmSettings, requested: RealmSettings): RealmSettings {
  const settings = parseAttributes(realmSettingsSchema, requested)
  if (settings.linkBaseUrl !== '' && linkBaseOf(settings) === undefined) {
    throw invalidAttribute('linkBaseUrl', { linkBaseUrl: 'must have one of the hosts of the realm' })
  }
  refuseUnlistedActions(before.helpDesk, settings.helpDesk, 'helpDesk')
  refuseUnknownStandIns(before, settings)
  return settings
}

export function contended(): RequestError {
  return new RequestError(409, 'Other requests are changing the realm. Nothing was changed, try again')
}
