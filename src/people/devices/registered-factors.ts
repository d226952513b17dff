import type { JsonObject } from '../../engine/json.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { type Device, deviceAttributes, openDevice } from './sealed-devices.ts'

/** Device profiles only describe a device: they prove nothing. */
const factorAttributes = Object.entries(deviceAttributes).filter(([kind]) => kind !== 'profile')

/** The registered second factors and bound devices of a person. Values that cannot be opened are not usable factors. */
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
