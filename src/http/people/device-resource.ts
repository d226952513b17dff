import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import type { Device, DeviceKind } from '../../people/devices/sealed-devices.ts'

/**
 * A device as clients see it. What proves somebody's identity is left out: shared secrets, keys of second factors,
 * recovery codes. The key of a bound device is its public half.
 */
export function shownDevice(kind: DeviceKind, device: Device): JsonObject {
  return kind === 'profile' ? profile(device) : factor(kind, device)
}

function factor(kind: DeviceKind, device: Device): JsonObject {
  const { uuid, deviceName, createdDate, lastAccessDate, deviceId, credentialId, key } = device
  return {
    _id: uuid,
    uuid,
    deviceName,
    createdDate: number(createdDate),
    lastAccessDate: number(lastAccessDate),
    deviceManagementStatus: false,
    recoveryCodes: [],
    ...(kind === 'binding' ? { deviceId: deviceId ?? '', key: publicPart(key) } : {}),
    ...(kind === 'webauthn' ? { credentialId: credentialId ?? '' } : {}),
  }
}

function profile({ uuid, deviceName, lastSelectedDate, metadata, location }: Device): JsonObject {
  return {
    _id: uuid,
    identifier: uuid,
    alias: deviceName,
    lastSelectedDate: number(lastSelectedDate),
    metadata: metadata ?? {},
    ...(location === undefined ? {} : { location }),
    recoveryCodes: [],
  }
}

/** Epoch milliseconds; 0 for devices of a time when nobody wrote it down. */
function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0
}

const publicMembers = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e']

function publicPart(key: Json | undefined): JsonObject {
  if (!isJsonObject(key)) return {}
  return Object.fromEntries(Object.entries(key).filter(([name]) => publicMembers.includes(name)))
}
