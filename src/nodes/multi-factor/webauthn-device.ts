import { z } from 'zod'
import { jsonObjectSchema } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import type { NewPasskey } from '../ports/device-ports.ts'
import type { Device, DevicePort, Person } from '../ports/ports.ts'
import { recoveryCodesToShow } from './multi-factor.ts'

/** A registered passkey. */
const webauthnDeviceSchema = z.intersection(
  jsonObjectSchema,
  z.object({
    uuid: z.string(),
    deviceName: z.string(),
    recoveryCodes: z.array(z.string()),
    /** Base64url, as the browser has it. */
    credentialId: z.string(),
    /** A COSE key in base64url. */
    publicKey: z.string(),
    signCount: z.number(),
  }),
)

export type WebauthnDevice = z.infer<typeof webauthnDeviceSchema>

/** Transient state: a passkey between its registration and its storage, sealed. */
export const pendingDeviceKey = 'webauthnDeviceData'

export function newWebauthnDevice(
  given: { uuid: string; credentialId: string; name: string | undefined; now: number },
  { publicKey, algorithm, signCount, aaguid }: NewPasskey,
): WebauthnDevice {
  return {
    uuid: given.uuid,
    deviceName: given.name || 'New Security Key',
    recoveryCodes: [],
    credentialId: given.credentialId,
    publicKey,
    algorithm,
    signCount,
    aaguid,
    createdDate: given.now,
    lastAccessDate: given.now,
  }
}

/** undefined for a device of another kind. */
export function asWebauthnDevice(device: Device | undefined): WebauthnDevice | undefined {
  return webauthnDeviceSchema.safeParse(device).data
}

/** The passkeys of a person, the oldest first. */
export async function passkeysOf(devices: DevicePort, person: Person): Promise<WebauthnDevice[]> {
  const registered = await devices.registered(person._id, 'webauthn')
  return registered.flatMap((device) => asWebauthnDevice(device) ?? [])
}

/**
 * Keeps a passkey beside those that are there. Recovery codes are left to be shown.
 * @param limit how many somebody may have; 0 for any number.
 * @returns false when there are as many already.
 */
export async function storePasskey(
  { devices, state }: { devices: DevicePort; state: NodeState },
  person: Person,
  device: WebauthnDevice,
  { limit, hasRecoveryCodes }: { limit: number; hasRecoveryCodes: boolean },
): Promise<boolean> {
  const held = await passkeysOf(devices, person)
  if (limit > 0 && held.length >= limit) return false
  const { codes, hashes } = hasRecoveryCodes ? devices.newRecoveryCodes() : { codes: [], hashes: [] }
  const others = held.filter(({ credentialId }) => credentialId !== device.credentialId)
  await devices.save(person._id, 'webauthn', [...others, { ...device, recoveryCodes: hashes }])
  if (codes.length > 0) {
    state.putTransient(recoveryCodesToShow.codes, codes)
    state.putTransient(recoveryCodesToShow.deviceName, device.deviceName)
  }
  return true
}
