import type { JsonObject } from '../../src/base/json.ts'
import type { IdentityPort } from '../../src/nodes/ports/ports.ts'
import { devicesInMemory, kim, onlyKim } from './second-factors.ts'

export const now = 1_700_000_000_000
export const dayMs = 86_400_000

export const vienna = { latitude: 48.2, longitude: 16.37 }
export const berlin = { latitude: 52.52, longitude: 13.4 }
export const metadata = { platform: { deviceName: 'Laptop', version: 1 } }

/** A stored device. */
export const laptop = {
  uuid: 'device-1',
  deviceName: 'Laptop',
  recoveryCodes: [],
  metadata,
  location: vienna,
  lastSelectedDate: now - dayMs,
}

/** State after the collector, and Kim's devices in memory. */
export function collected(sent: JsonObject, existing = [laptop]) {
  const { devices, saved } = devicesInMemory({ profile: existing })
  const shared = { username: 'kim', 'forgeRock.device.profile': { identifier: 'device-1', ...sent } }
  return { saved, given: { shared, ports: { devices, identities: onlyKim } } }
}

/** Finds Kim, who is inactive. */
export const inactiveKim = {
  find: async () => ({ ...kim, accountStatus: 'inactive' }),
} as unknown as IdentityPort

export const notCollected = (part: string) => ({
  kind: 'error',
  message: `Device Profile Collector Node to collect device attribute is required: ${part}`,
})
