import { changedPlaces, MovedSecret } from '../secrets/moved-secret.ts'
import type { Sealer } from '../secrets/seal.ts'
import { isOmitted, openValues, sealValue, secretMask } from '../secrets/sealed-value.ts'
import {
  type MessagingSettings,
  mapGatewaySecrets,
  messagingSchema,
  placesOf,
  secretOf,
} from './messaging-settings.ts'
import type { RealmStore } from './realm-store.ts'

/** Seals the secrets of gateways when settings are saved. Settings that are read stay sealed. */
export function sealedRealms(store: RealmStore, sealer: Sealer): RealmStore {
  return {
    ...store,
    save: (realm, mark) => store.save(sealedRealm(realm, sealer), mark),
    replace: (before, after, mark) => store.replace(before, sealedRealm(after, sealer), mark),
  }
}

/** A realm with the secrets of its gateways sealed. Those that are sealed already stay. */
export function sealedRealm<One extends { settings: { messaging: MessagingSettings } }>(
  realm: One,
  sealer: Sealer,
): One {
  const messaging = mapGatewaySecrets(realm.settings.messaging, (secret) => {
    const value = sealValue(sealer, secret)
    return typeof value === 'string' ? value : null
  })
  return { ...realm, settings: { ...realm.settings, messaging } }
}

/** Settings as clients see them: a mask stands for each stored secret. */
export function withMaskedSecrets(settings: MessagingSettings): MessagingSettings {
  return mapGatewaySecrets(settings, (secret) => (secret ? secretMask : null))
}

/** Settings with their secrets opened, for code that uses them and never returns them to a client. */
export function withOpenSecrets(
  settings: MessagingSettings,
  sealer: Pick<Sealer, 'open'>,
): MessagingSettings {
  return messagingSchema.parse(openValues(sealer, settings))
}

/**
 * Prepares settings for saving: an omitted secret keeps its stored value.
 * @throws MovedSecret if the secret would then be sent elsewhere or otherwise than before.
 */
export function withStoredSecrets(
  requested: MessagingSettings,
  stored: MessagingSettings,
): MessagingSettings {
  return mapGatewaySecrets(requested, (secret, channel, member) => {
    const existing = secretOf(stored[channel])
    if (!isOmitted(secret) || !existing) return isOmitted(secret) ? null : secret
    const [before, after] = [placesOf(stored[channel]), placesOf(requested[channel])]
    // Another provider starts without a secret.
    if (before.provider !== after.provider && secret !== secretMask) return null
    const places = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    const changed = changedPlaces(
      places,
      (place) => before[place],
      (place) => after[place],
    )
    // rule R10: otherwise a stored secret follows its gateway to another host
    if (changed.length === 0) return existing
    throw new MovedSecret(`messaging.${channel}.${member}`, changed)
  })
}
