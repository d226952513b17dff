import { defined } from '../../base/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { Device, DeviceKind } from '../../people/devices/sealed-devices.ts'

/**
 * A device without its secrets: omits shared secrets, keys of second factors and recovery codes. For a bound device, only the
 * public part of its key is included.
 */
export function deviceResource(kind: DeviceKind, device: Device): JsonObject {
  return kind === 'profile' ? profile(device) : factor(kind, device)
}

function factor(kind: DeviceKind, device: Device): JsonObject {
  const { uuid, deviceName, createdDate, lastAccessDate, deviceId, credentialId, key } = device
  const { recoveryCodes } = device
  return {
    _id: uuid,
    uuid,
    deviceName,
    createdDate: timeOf(createdDate),
    lastAccessDate: timeOf(lastAccessDate),
    deviceManagementStatus: false,
    recoveryCodes: [],
    recoveryCodesLeft: recoveryCodes.length,
    ...(kind === 'binding' ? { deviceId: deviceId ?? '', key: publicPart(key) } : {}),
    ...(kind === 'webauthn' ? { credentialId: credentialId ?? '' } : {}),
  }
}

function profile({ uuid, deviceName, lastSelectedDate, metadata, location }: Device): JsonObject {
  return {
    _id: uuid,
    identifier: uuid,
    alias: deviceName,
    lastSelectedDate: timeOf(lastSelectedDate),
    metadata: metadata ?? {},
    ...defined({ location }),
    recoveryCodes: [],
  }
}

/** Epoch milliseconds; 0 if it was not recorded. */
function timeOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0
}

const publicMembers = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e']

function publicPart(key: Json | undefined): JsonObject {
  if (!isJsonObject(key)) return {}
  return Object.fromEntries(Object.entries(key).filter(([name]) => publicMembers.includes(name)))
}
