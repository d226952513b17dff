import { z } from 'zod'
import { jsonObjectSchema } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import type { Device, DevicePort, Person } from '../ports/ports.ts'
import { recoveryCodesToShow } from './multi-factor.ts'

/** A registered authenticator; members as AM stores them. */
const oathDeviceSchema = z.intersection(
  jsonObjectSchema,
  z.object({
    uuid: z.string(),
    deviceName: z.string(),
    recoveryCodes: z.array(z.string()),
    /** Hexadecimal. */
    sharedSecret: z.string(),
    /** Of HOTP: the next one that counts. */
    counter: z.number(),
    /** Of TOTP: where the time step of the last code began, in epoch seconds; and how far its clock was off. */
    lastLogin: z.number(),
    clockDriftSeconds: z.number(),
  }),
)

export type OathDevice = z.infer<typeof oathDeviceSchema>

/** Shared state of a device between its registration and its storage: sealed. */
export const pendingDevice = {
  device: 'oathDeviceProfile',
  hasRecoveryCodes: 'oathEnableRecoveryCode',
} as const

export function newOathDevice(uuid: string, sharedSecret: string, now: number): OathDevice {
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
  }
}

/** undefined for a device of another kind. */
export function asOathDevice(device: Device | undefined): OathDevice | undefined {
  return oathDeviceSchema.safeParse(device).data
}

/** A person has one authenticator: a new one takes the place of the last. Recovery codes are left to be shown. */
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
