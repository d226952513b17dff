import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { personWithFactor } from '../multi-factor/multi-factor.ts'
import type { Device, DevicePort, IdentityPort, Person } from '../ports/ports.ts'

/** Shared state key of the collected device profile. */
export const collectedKey = 'forgeRock.device.profile'

/** State keys that nodes for device profiles read. */
export const profileReads = ['username', collectedKey]

/** A device profile stored for its owner. `uuid` is the identifier that the device chose. */
const storedSchema = z.object({
  uuid: z.string(),
  deviceName: z.string(),
  recoveryCodes: z.array(z.string()),
  metadata: z.json().exactOptional(),
  location: z.json().exactOptional(),
  /** Epoch milliseconds. */
  lastSelectedDate: z.number(),
})

export type DeviceProfile = z.infer<typeof storedSchema>

/** Errors of nodes that need a part of a device profile. */
export const profileErrors = {
  'Device Profile Collector Node to collect device attribute is required: ‹part›':
    'The device did not send this part: no Device Profile Collector asked for it, or the person did not permit it.',
} as const

/** Errors of nodes that need a location. */
export const placeErrors = {
  ...profileErrors,
  'The location of the device has no latitude and longitude': 'The location that the device sent is invalid.',
} as const

/** Errors of nodes that need the device's identifier. */
export const identifierErrors = {
  ...profileErrors,
  'Device Identifier is not captured': 'The identifier is not a text.',
} as const

/** Errors of nodes that need the device's owner. */
export const activePersonErrors = {
  'User does not exist or inactive':
    'State has no username, no person has it, or the person may not sign in.',
} as const

/** A part of the collected profile, or the problem in AM's words. */
export function collected(
  state: NodeState,
  part: 'identifier' | 'metadata' | 'location',
): { value: Json } | { problem: string } {
  const profile = state.get(collectedKey)
  const value = isJsonObject(profile) && Object.hasOwn(profile, part) ? profile[part] : undefined
  return value === undefined || value === null
    ? { problem: `Device Profile Collector Node to collect device attribute is required: ${part}` }
    : { value }
}

/** The collected identifier, or the problem in AM's words. */
export function collectedIdentifier(state: NodeState): { value: string } | { problem: string } {
  const identifier = collected(state, 'identifier')
  if ('problem' in identifier) return identifier
  return typeof identifier.value === 'string'
    ? { value: identifier.value }
    : { problem: 'Device Identifier is not captured' }
}

/** The active person in state, or the problem in AM's words. */
export async function activePerson(state: NodeState, identities: IdentityPort): Promise<Person | string> {
  const person = await personWithFactor(state, identities)
  const isActive = typeof person !== 'string' && person.accountStatus !== 'inactive'
  return isActive ? person : 'User does not exist or inactive'
}

/** The person's saved devices, oldest first. */
export async function profilesOf(devices: DevicePort, person: Person): Promise<DeviceProfile[]> {
  const stored = await devices.registered(person._id, 'profile')
  return stored.flatMap((device) => storedSchema.safeParse(device).data ?? [])
}

/** Replaces all saved devices of the person. */
export function saveProfiles(
  devices: DevicePort,
  person: Person,
  profiles: readonly DeviceProfile[],
): Promise<void> {
  return devices.save(person._id, 'profile', profiles satisfies readonly Device[])
}

/** Latitude and longitude in degrees. */
export type Place = { latitude: number; longitude: number }

const placeSchema = z.object({ latitude: z.number(), longitude: z.number() })

/** undefined for invalid locations. */
export function placeOf(location: Json | undefined): Place | undefined {
  return placeSchema.safeParse(location).data
}

const earthRadiusKm = 6371

/** Great-circle distance by the haversine formula. */
export function kilometresBetween(one: Place, other: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const halfChord = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const share =
    halfChord(one.latitude, other.latitude) +
    Math.cos(radians(one.latitude)) *
      Math.cos(radians(other.latitude)) *
      halfChord(one.longitude, other.longitude)
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(share)))
}

/** Counts the values that differ between two JSON values. A value present in only one of them counts as one. */
export function differences(one: Json | undefined, other: Json | undefined): number {
  const before = membersOf(one)
  const after = membersOf(other)
  if (before === undefined || after === undefined || Array.isArray(one) !== Array.isArray(other)) {
    return Object.is(one, other) ? 0 : 1
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].reduce((count, name) => count + differences(before[name], after[name]), 0)
}

function membersOf(value: Json | undefined): JsonObject | undefined {
  if (Array.isArray(value)) return Object.fromEntries(value.entries())
  return isJsonObject(value) ? value : undefined
}
