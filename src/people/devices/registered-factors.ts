import { deviceAttributes } from '../../attributes/attribute.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { type Device, openDevice } from './sealed-devices.ts'

/** Device profiles are left out: they describe a device but prove nothing. */
const factorAttributes = Object.entries(deviceAttributes).filter(([kind]) => kind !== 'profile')

/** A person's second factors and bound devices. Leaves out values that cannot be opened. */
export function registeredFactors(
  sealer: Sealer,
  owner: string,
  attributes: JsonObject,
): (Pick<Device, 'uuid' | 'recoveryCodes'> & { kind: string })[] {
  return factorAttributes.flatMap(([kind, name]) =>
    [attributes[name] ?? []].flat().flatMap((sealed) => {
      const device = openDevice(sealer, owner, sealed)
      return device === undefined ? [] : [{ kind, uuid: device.uuid, recoveryCodes: device.recoveryCodes }]
    }),
  )
}
