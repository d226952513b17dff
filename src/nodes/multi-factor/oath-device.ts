import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import type { Device, DevicePort, Person, SecretsPort } from '../ports/ports.ts'
import { recoveryCodesToShow } from './multi-factor.ts'

/** A registered authenticator, with AM's members. */
const oathDeviceSchema = z.intersection(
  jsonObjectSchema,
  z.object({
    uuid: z.string(),
    deviceName: z.string(),
    recoveryCodes: z.array(z.string()),
    /** Hexadecimal. */
    sharedSecret: z.string(),
    /** HOTP: the next valid counter. */
    counter: z.number(),
    /** TOTP: start of the last used time step in epoch seconds, and the clock's drift. */
    lastLogin: z.number(),
    clockDriftSeconds: z.number(),
  }),
)

export type OathDevice = z.infer<typeof oathDeviceSchema>

/** Shared state keys of a device that waits for its storage, sealed. */
export const pendingDevice = {
  device: 'oathDeviceProfile',
  hasRecoveryCodes: 'oathEnableRecoveryCode',
} as const

/** @returns a device that keeps its length only if it is 8, because AM's device has no such member. */
export function newOathDevice(
  uuid: string,
  sharedSecret: string,
  now: number,
  passwordLength?: 'SIX_DIGITS' | 'EIGHT_DIGITS',
): OathDevice {
  return {
    uuid,
    deviceName: 'OATH Device',
    recoveryCodes: [],
    sharedSecret,
    counter: 0,
    lastLogin: 0,
    clockDriftSeconds: 0,
    createdDate: now,
    lastAccessDate: now,
    ...(passwordLength === 'EIGHT_DIGITS' ? { passwordLength: 8 } : {}),
  }
}

/** A device with a random key of whole bytes and at least 128 bits. Source: RFC 4226, requirement R6. */
export function randomOathDevice(
  secrets: Pick<SecretsPort, 'hex'>,
  now: number,
  settings: { minSharedSecretLength: number; passwordLength: 'SIX_DIGITS' | 'EIGHT_DIGITS' },
): OathDevice {
  const digits = Math.max(2 * Math.ceil(settings.minSharedSecretLength / 2), 32)
  return newOathDevice(secrets.hex(32), secrets.hex(digits), now, settings.passwordLength)
}

/** undefined for a device of another kind. */
export function asOathDevice(device: Device | undefined): OathDevice | undefined {
  return oathDeviceSchema.safeParse(device).data
}

/** Stores the person's only authenticator, replacing an earlier one. Recovery codes are left in state to be shown. */
export async function storeOathDevice(
  { devices, state }: { devices: DevicePort; state: NodeState },
  person: Person,
  device: OathDevice,
  hasRecoveryCodes: boolean,
): Promise<void> {
  const { codes, hashes } = hasRecoveryCodes ? devices.newRecoveryCodes() : { codes: [], hashes: [] }
  await devices.save(person._id, 'oath', [{ ...device, recoveryCodes: hashes }])
  state.remove(pendingDevice.device).remove(pendingDevice.hasRecoveryCodes)
  if (codes.length === 0) return
  state.putTransient(recoveryCodesToShow.codes, codes)
  state.putTransient(recoveryCodesToShow.deviceName, device.deviceName)
}
