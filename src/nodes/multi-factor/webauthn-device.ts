import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
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
    /** Base64url, as in the browser. */
    credentialId: z.string(),
    /** A COSE key in base64url. */
    publicKey: z.string(),
    signCount: z.number(),
  }),
)

export type WebauthnDevice = z.infer<typeof webauthnDeviceSchema>

/** Transient state key of a passkey that waits for its storage, sealed. */
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

/** The person's passkeys, oldest first. */
export async function passkeysOf(devices: DevicePort, person: Person): Promise<WebauthnDevice[]> {
  const registered = await devices.registered(person._id, 'webauthn')
  return registered.flatMap((device) => asWebauthnDevice(device) ?? [])
}

/**
 * Stores a passkey. Recovery codes are left in state to be shown.
 * @param limit maximum number of passkeys, 0 for any number
 * @returns false if the person has reached the limit
 */
export async function storePasskey(
  { devices, state }: { devices: DevicePort; state: NodeState },
  person: Person,
  device: WebauthnDevice,
  { limit, hasRecoveryCodes }: { limit: number; hasRecoveryCodes: boolean },
): Promise<boolean> {
  const existing = await passkeysOf(devices, person)
  if (limit > 0 && existing.length >= limit) return false
  const { codes, hashes } = hasRecoveryCodes ? devices.newRecoveryCodes() : { codes: [], hashes: [] }
  const others = existing.filter(({ credentialId }) => credentialId !== device.credentialId)
  await devices.save(person._id, 'webauthn', [...others, { ...device, recoveryCodes: hashes }])
  if (codes.length > 0) {
    state.putTransient(recoveryCodesToShow.codes, codes)
    state.putTransient(recoveryCodesToShow.deviceName, device.deviceName)
  }
  return true
}
