import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import type { Device, DevicePort, IdentityPort, Person } from '../ports/ports.ts'
import type { PushResult } from '../ports/push-port.ts'
import { recoveryCodesToShow } from './multi-factor.ts'

/** A registered push device, with AM's members. */
const pushDeviceSchema = z.intersection(
  jsonObjectSchema,
  z.object({
    uuid: z.string(),
    deviceName: z.string(),
    recoveryCodes: z.array(z.string()),
    /** Base64. */
    sharedSecret: z.string(),
    issuer: z.string(),
    communicationId: z.string(),
    communicationType: z.string(),
    deviceMechanismUID: z.string(),
    deviceId: z.string(),
    deviceType: z.string(),
  }),
)

export type PushDevice = z.infer<typeof pushDeviceSchema>

/** State keys of a push, by AM's names. */
export const pushKeys = {
  messageId: 'pushMessageId',
  mechanismUid: 'pushMechanismUid',
  /** The number that the page shows. */
  number: 'pushNumberChallengeKey',
  /** What the app answered. */
  content: 'pushContent',
  failure: 'PushAuthFailureReason',
} as const

/** State keys of a device that waits for its app. */
export const pendingPush = {
  messageId: pushKeys.messageId,
  /** Sealed. */
  device: 'pushDeviceProfile',
  challenge: 'pushChallengeKey',
} as const

/** The person's choice, as the MFA Opt-out node records it. */
export const optedOut = { attribute: 'push2faEnabled', mayBeSkipped: '1', mustNotBeSkipped: '2' } as const

/** @param sharedSecret base64 */
export function newPushDevice(uuid: string, sharedSecret: string, issuer: string, now: number): PushDevice {
  return {
    uuid,
    deviceName: 'Push Device',
    recoveryCodes: [],
    sharedSecret,
    issuer,
    communicationId: '',
    communicationType: '',
    deviceMechanismUID: '',
    deviceId: '',
    deviceType: '',
    createdDate: now,
    lastAccessDate: now,
  }
}

/** undefined for a device of another kind. */
export function asPushDevice(device: Device | undefined): PushDevice | undefined {
  return pushDeviceSchema.safeParse(device).data
}

export async function pushDevicesOf(devices: DevicePort, person: Person): Promise<PushDevice[]> {
  return (await devices.registered(person._id, 'push')).flatMap((device) => asPushDevice(device) ?? [])
}

/** What the app said about its device. The server has checked it. */
const answerSchema = z.object({
  deviceId: z.string(),
  deviceType: z.string(),
  communicationType: z.string(),
  mechanismUid: z.string(),
  deviceName: z.string().trim().min(1).max(255).optional().catch(undefined),
})

/** The device with what the app answered. */
export function answeredDevice(
  device: PushDevice,
  { claims, communicationId }: Extract<PushResult, { kind: 'approved' }>,
): PushDevice {
  const { mechanismUid, deviceName = device.deviceName, ...told } = answerSchema.parse(claims)
  return {
    ...device,
    ...told,
    deviceName,
    deviceMechanismUID: mechanismUid,
    communicationId: communicationId ?? '',
  }
}

/**
 * Stores the person's only push device, replacing an earlier one, and records that they have one, as AM does. Recovery codes are left in state to
 * be shown. @returns their hashes.
 */
export async function storePushDevice(
  { devices, identities, state }: { devices: DevicePort; identities: IdentityPort; state: NodeState },
  person: Person,
  device: PushDevice,
  hasRecoveryCodes: boolean,
): Promise<string[]> {
  const { codes, hashes } = hasRecoveryCodes ? devices.newRecoveryCodes() : { codes: [], hashes: [] }
  await devices.save(person._id, 'push', [{ ...device, recoveryCodes: hashes }])
  await identities.patch(person._id, { [optedOut.attribute]: optedOut.mustNotBeSkipped })
  if (codes.length === 0) return hashes
  state.putTransient(recoveryCodesToShow.codes, codes)
  state.putTransient(recoveryCodesToShow.deviceName, device.deviceName)
  return hashes
}
