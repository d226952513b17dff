import { deviceAttributes } from '../../attributes/attribute.ts'
import type { JsonObject } from '../../base/json.ts'
import { newOathDevice } from '../../nodes/multi-factor/oath-device.ts'
import { base32 } from '../../people/devices/oath-code.ts'
import { sealDevice } from '../../people/devices/sealed-devices.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { Random } from '../../server/outside.ts'

/**
 * An authenticator app for a new person with this id.
 * @param now epoch milliseconds.
 * @returns its key, in base32, and the attribute that registers it.
 */
export async function newApp(
  sealer: Sealer,
  id: string,
  random: Random,
  now: number,
): Promise<{ key: string; attributes: JsonObject }> {
  const device = newOathDevice(random.hex(32), random.hex(40), now)
  return {
    key: await base32(device.sharedSecret),
    attributes: { [deviceAttributes.oath]: [sealDevice(sealer, id, device)] },
  }
}
